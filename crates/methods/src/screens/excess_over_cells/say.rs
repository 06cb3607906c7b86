//! What is said of the curve: figures, a sentence, pictures.

use glassurn_model::{Measure, Picture, Scope, Unit};

use super::curve::{Curve, Point};
use crate::excess::ends;
use crate::turnout_bins::{self, BINS};
use crate::{Slice, phrase};

impl Curve {
    /// The lowest and the highest of something over the points.
    pub(super) fn range(&self, of: impl Fn(&Point) -> [f64; 2]) -> [f64; 2] {
        ends(self.points.iter().flat_map(of)).unwrap_or([0.0; 2])
    }

    /// The first and the last of the clean cells, as edges in per cent of turnout and of the share.
    fn edges(&self) -> [[f64; 2]; 2] {
        let turnout = self.range(|p| [p.cells.bin as f64, p.cells.bin as f64 + 1.0]);
        [turnout, self.range(|p| [p.cells.rows.start as f64, p.cells.rows.end as f64])]
    }

    pub(super) fn measures(&self, [least, most]: [f64; 2]) -> Vec<Measure> {
        let [low, high] = self.range(|p| [p.excess; 2]);
        let [[b_low, b_high], [v_low, v_high]] = self.edges();
        let [r_low, r_high] = self.range(|p| [p.cells.ratio(); 2]);
        let [votes, _] = self.totals;
        let clean: usize = self.points.iter().map(|p| p.cells.stations).sum();
        let elsewhere = self.grid.as_high_elsewhere();
        let m = Measure::plain;
        let mut measures = vec![
            m("excess votes, lowest of the curve", "A₋", low, Unit::Votes),
            m("excess votes, highest of the curve", "A₊", high, Unit::Votes),
            m("excess votes, lower end of the bands", "B₋", least, Unit::Votes),
            m("excess votes, upper end of the bands", "B₊", most, Unit::Votes),
            m("part of the choice's votes, lowest", "A₋/L", low / votes, Unit::Share),
            m("part of the choice's votes, highest", "A₊/L", high / votes, Unit::Share),
            m("clean cells from, per cent of turnout", "b₋", b_low, Unit::None),
            m("clean cells to, per cent of turnout", "b₊", b_high, Unit::None),
            m("clean cells from, per cent of the share", "v₋", v_low, Unit::None),
            m("clean cells to, per cent of the share", "v₊", v_high, Unit::None),
            m("stations in clean cells", "n_c", clean as f64, Unit::Stations),
            m("cells elsewhere with as many other ballots", "c′", elsewhere as f64, Unit::None),
            m("votes for one other ballot, lowest clean cells", "r₋", r_low, Unit::None),
            m("votes for one other ballot, highest clean cells", "r₊", r_high, Unit::None),
        ];
        measures.extend(self.by_group.iter().flat_map(|by| by.measures("cells")));
        measures
    }

    pub(super) fn plain(&self, range: [f64; 2]) -> String {
        let [low, high] = range.map(phrase::number);
        let [[b_low, b_high], [v_low, v_high]] = self.edges();
        format!(
            "If sound stations have one level of support, and those of {b_low} to {b_high} % turnout that give the choice \
             {v_low} to {v_high} % are such stations, the choice has between {low} and {high} votes more than their \
             ratio gives; a second electorate gives the same figure."
        )
    }

    /// For a whole contest only.
    pub(super) fn pictures(&self, slice: &Slice<'_>) -> Vec<Picture> {
        let mut pictures = vec![self.picture_of_curve()];
        if slice.scope == Scope::Whole {
            pictures.extend([self.stations(), self.clean_stations()]);
        }
        pictures
    }

    fn picture_of_curve(&self) -> Picture {
        let line = |name: &str, of: fn(&Point) -> f64| {
            (name.to_owned(), self.points.iter().map(of).collect::<Vec<f64>>())
        };
        Picture::Lines {
            title: "Excess votes by the clean cells' turnout".to_owned(),
            x: "turnout of the cells taken as clean, %".to_owned(),
            y: "excess votes".to_owned(),
            at: self.points.iter().map(|p| turnout_bins::middle(p.cells.bin)).collect(),
            series: vec![
                line("excess votes", |p| p.excess),
                line("lower end of the band", |p| p.band[0]),
                line("upper end of the band", |p| p.band[1]),
            ],
        }
    }

    fn stations(&self) -> Picture {
        heat("Stations by turnout and share", self.grid.stations.clone())
    }

    fn clean_stations(&self) -> Picture {
        let mut counts = vec![0; BINS * BINS];
        for cells in self.points.iter().map(|p| &p.cells) {
            for cell in cells.rows.clone().map(|row| row * BINS + cells.bin) {
                counts[cell] = self.grid.stations[cell];
            }
        }
        heat("Those in the clean cells", counts)
    }
}

fn heat(title: &str, counts: Vec<u32>) -> Picture {
    Picture::Heat {
        title: title.to_owned(),
        x: "turnout, %".to_owned(),
        y: "share, %".to_owned(),
        bins: BINS,
        counts,
    }
}
