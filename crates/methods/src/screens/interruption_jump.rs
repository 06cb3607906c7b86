//! S911: whether the share jumps where the count was interrupted.

use glassurn_model::{
    Caveat, Effect, Finding, IntervalRow, LeftOut, Measure, Outcome, P, PKind, Picture, Reason,
    Scale, Scope, Unit,
};
use glassurn_stats::{discontinuity, discontinuity::Jump, normal};

use crate::{
    Cost, Family, Focus, LEVEL, Meta, Screen, Slice, Status,
    arrivals::{Arrived, Counted, places},
    caveat,
    phrase::{count, counted, percent},
    simulate::Null,
};

#[doc = include_str!("interruption_jump.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InterruptionJump {
    /// Fewest stations before and after the interruption.
    pub min_each: usize,
    /// Most stations that may have come at one moment, in per cent of all.
    pub max_together: usize,
    /// Other places at which a jump is looked for.
    pub placebos: usize,
}

const CODE: &str = "S911";

/// Classes of stations that are drawn.
const CLASSES: usize = 50;

/// The 97.5 % point of the normal law.
const Z: f64 = 1.959_963_984_540_054;

/// Everything the finding is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Stations before and after the interruption.
    pub stations: [usize; 2],
    /// The others, by reason.
    pub left_out: Vec<LeftOut>,
    /// The bandwidth, as a part of all stations.
    pub bandwidth: f64,
    /// The jump at the interruption.
    pub jump: Jump,
    /// Jumps where nothing was interrupted, with their places as parts of all stations.
    pub placebos: Vec<(f64, Jump)>,
    /// Mean place and share of classes of stations.
    pub classes: Vec<[f64; 2]>,
}

/// Stations in the order of the count, on an axis of length one with the interruption at zero.
struct Line {
    at: Vec<f64>,
    shares: Vec<f64>,
    clusters: Option<Vec<u32>>,
}

impl InterruptionJump {
    /// Two hundred stations on either side, forty other places.
    pub const DEFAULT: Self = InterruptionJump { min_each: 200, max_together: 2, placebos: 40 };

    /// The sufficient figures of a slice.
    pub fn figures(&self, slice: &Slice<'_>) -> Result<Figures, Reason> {
        let arrival = slice.returns.stations.arrival.as_ref();
        let arrival = arrival.ok_or_else(|| Reason::ColumnMissing("when stations arrived".to_owned()))?;
        if arrival.interruption.is_none() {
            return Err(Reason::WrongSubject("no interruption of the count is named".to_owned()));
        }
        let few = "stations came in a few lots: within a lot no order is known".to_owned();
        if arrival.scale == Scale::States {
            return Err(Reason::WrongSubject(few));
        }
        let counted = Counted::of(slice, 2 * self.min_each)?;
        let late = counted.stations.iter().filter(|s| s.late).count();
        let stations = [counted.stations.len() - late, late];
        if let Some(used) = stations.into_iter().find(|n| *n < self.min_each) {
            return Err(Reason::TooFew { used, needed: self.min_each });
        }
        let line = self.line(slice, counted.stations, stations[0]).ok_or(Reason::WrongSubject(few))?;
        let shorter = stations[0].min(stations[1]) as f64 / line.at.len() as f64;
        let bandwidth = discontinuity::bandwidth(&line.at, &line.shares).ok_or(Reason::Constant)?;
        // Never beyond the shorter side, never so narrow that a dozen stations decide.
        let least = 50.0 / line.at.len() as f64;
        let bandwidth = bandwidth.min(shorter).max(least);
        let jump = line.jump(0.0, bandwidth, |_| true).filter(|j| j.se > 0.0).ok_or(Reason::Constant)?;
        Ok(Figures {
            stations,
            left_out: counted.left_out,
            bandwidth,
            jump,
            placebos: line.placebos(bandwidth, self.placebos),
            classes: line.classes(),
        })
    }

    /// The order of the stations; `None` where too many came together.
    fn line(&self, slice: &Slice<'_>, mut stations: Vec<Arrived>, early: usize) -> Option<Line> {
        stations.sort_by_key(|s| (s.at, s.row));
        let n = stations.len();
        let mut at = Vec::with_capacity(n);
        for together in stations.chunk_by(|a, b| a.at == b.at) {
            if 100 * together.len() > self.max_together * n {
                return None;
            }
            let middle = at.len() as f64 + (together.len() as f64 + 1.0) / 2.0;
            at.extend(together.iter().map(|_| (middle - early as f64 - 0.5) / n as f64));
        }
        let rows: Vec<u32> = stations.iter().map(|s| s.row).collect();
        let clusters = places(&slice.returns.stations.levels, &rows);
        Some(Line { at, shares: stations.iter().map(Arrived::share).collect(), clusters })
    }

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let figures = self.figures(slice)?;
        let used = figures.stations[0] + figures.stations[1];
        let mut caveats = caveat::of(used, slice.len());
        caveats.push(Caveat::MixedElectorates);
        let jump = &figures.jump;
        let p = (2.0 * normal::sf((jump.corrected / jump.se).abs())).min(1.0);
        Ok(Finding {
            screen: CODE,
            subject: slice.subject(),
            used,
            measures: figures.measures(),
            p: Some(P { value: p, kind: PKind::Asymptotic }),
            effect: Effect {
                name: "jump of the share at the interruption".to_owned(),
                value: jump.corrected,
                unit: Unit::Points,
                interval: Some(interval(jump)),
                stations: None,
                votes: None,
            },
            plain: figures.plain(),
            pictures: figures.pictures(slice),
            stations: Vec::new(),
            caveats,
            left_out: figures.left_out,
        })
    }
}

impl Screen for InterruptionJump {
    fn meta(&self) -> Meta {
        Meta {
            code: CODE,
            name: "interruption-jump",
            title: "A jump at the interruption of the count",
            family: Family::Time,
            focus: Focus::Choice,
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("interruption_jump.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(CODE, self.find(slice))
    }

    /// Not where jumps as large are found at other places as well.
    fn stands_out(&self, finding: &Finding) -> Option<bool> {
        let value = |symbol| finding.measure(symbol).map_or(0.0, |m| m.value);
        let rare = value("b") <= LEVEL * value("m");
        finding.p.map(|p| p.value <= LEVEL && rare)
    }

    // Elections that keep each station's share keep what came after the interruption.
    fn nulls(&self) -> &'static [Null] {
        &[Null::WithinGroups]
    }
}

/// The 95 % interval of a corrected jump.
fn interval(jump: &Jump) -> [f64; 2] {
    [jump.corrected - Z * jump.se, jump.corrected + Z * jump.se]
}

impl Line {
    /// The jump at a place, of the stations that are meant.
    fn jump(&self, place: f64, bandwidth: f64, keep: impl Fn(f64) -> bool) -> Option<Jump> {
        let near = (0..self.at.len())
            .filter(|&i| keep(self.at[i]) && (self.at[i] - place).abs() < bandwidth);
        let near: Vec<usize> = near.collect();
        let x: Vec<f64> = near.iter().map(|&i| self.at[i] - place).collect();
        let y: Vec<f64> = near.iter().map(|&i| self.shares[i]).collect();
        let clusters: Option<Vec<u32>> =
            self.clusters.as_ref().map(|c| near.iter().map(|&i| c[i]).collect());
        discontinuity::jump(&x, &y, bandwidth, clusters.as_deref())
    }

    /// Jumps at evenly spaced places whose stations all lie on one side of the interruption.
    fn placebos(&self, bandwidth: f64, most: usize) -> Vec<(f64, Jump)> {
        let (first, last) = match (self.at.first(), self.at.last()) {
            (Some(first), Some(last)) => (*first, *last),
            _ => return Vec::new(),
        };
        let sides = [(first + bandwidth, -bandwidth), (bandwidth, last - bandwidth)];
        let room: f64 = sides.iter().map(|(a, b)| (b - a).max(0.0)).sum();
        let step = room / most.max(1) as f64;
        let mut jumps = Vec::new();
        if step <= 0.0 {
            return jumps;
        }
        for (from, to) in sides {
            let mut place = from + step / 2.0;
            while place < to {
                let same = |x: f64| (x < 0.0) == (place < 0.0);
                let jump = self.jump(place, bandwidth, same).filter(|j| j.se > 0.0);
                jumps.extend(jump.map(|j| (place, j)));
                place += step;
            }
        }
        jumps
    }

    /// Means of classes of stations, none of which reaches over the interruption.
    fn classes(&self) -> Vec<[f64; 2]> {
        let size = self.at.len().div_ceil(CLASSES).max(1);
        let early = self.at.partition_point(|x| *x < 0.0);
        let all: Vec<usize> = (0..self.at.len()).collect();
        let (before, after) = all.split_at(early);
        let mean = |part: &[usize], of: &[f64]| {
            part.iter().map(|&i| of[i]).sum::<f64>() / part.len() as f64
        };
        let parts = before.chunks(size).chain(after.chunks(size));
        parts.map(|part| [mean(part, &self.at), mean(part, &self.shares)]).collect()
    }
}

impl Figures {
    /// How many of the other places have a jump as clear.
    fn as_clear(&self) -> usize {
        let t = |j: &Jump| (j.corrected / j.se).abs();
        self.placebos.iter().filter(|(_, j)| t(j) >= t(&self.jump)).count()
    }

    fn measures(&self) -> Vec<Measure> {
        let plain = Measure::plain;
        vec![
            plain("jump at the interruption, bias taken off", "τ", self.jump.corrected, Unit::Points)
                .expecting(0.0, self.jump.se),
            plain("jump of the local lines", "τ₁", self.jump.linear, Unit::Points),
            plain("bandwidth, part of all stations on either side", "h", self.bandwidth, Unit::Share),
            plain("stations before the interruption, inside the bandwidth", "n₋", self.jump.used[0] as f64, Unit::Stations),
            plain("stations after it", "n₊", self.jump.used[1] as f64, Unit::Stations),
            plain("other places looked at", "m", self.placebos.len() as f64, Unit::None),
            plain("of these with a jump as clear", "b", self.as_clear() as f64, Unit::None),
        ]
    }

    fn plain(&self) -> String {
        let points = |v: f64| format!("{:+.2}", 100.0 * v).replace('-', "−");
        let [low, high] = interval(&self.jump);
        let others = match self.placebos.len() {
            0 => "; there is no room for other places to compare with".to_owned(),
            m => format!("; a jump as clear is at {} of {}", count(self.as_clear()), counted(m, "other place", "other places")),
        };
        format!(
            "Where the count was interrupted, after {} of {} stations, the share jumps by {} points (95 % interval {} to \
             {}), by the {} of stations nearest on either side{others}.",
            count(self.stations[0]),
            count(self.stations[0] + self.stations[1]),
            points(self.jump.corrected),
            points(low),
            points(high),
            percent(self.bandwidth, 1),
        )
    }

    fn pictures(&self, slice: &Slice<'_>) -> Vec<Picture> {
        let before = self.stations[0] as f64 / (self.stations[0] + self.stations[1]) as f64;
        let place = |x: f64| 100.0 * (x + before);
        let row = |label: String, j: &Jump| {
            let [low, high] = interval(j);
            IntervalRow { label, estimate: Some(j.corrected), low, high, mark: Some(0.0) }
        };
        let mut rows = vec![row("at the interruption".to_owned(), &self.jump)];
        let others = self.placebos.iter();
        rows.extend(others.map(|(x, j)| row(format!("after {:.0} % of stations", place(*x)), j)));
        let jumps = Picture::Intervals {
            title: "Jumps of the share, at the interruption and where nothing was interrupted".to_owned(),
            axis: "jump".to_owned(),
            unit: Unit::Points,
            rows,
        };
        let course = Picture::Lines {
            title: "Mean share of stations in the order of the count".to_owned(),
            x: format!("stations counted, per cent (the interruption is at {:.1})", 100.0 * before),
            y: "mean share of classes of stations, per cent".to_owned(),
            at: self.classes.iter().map(|c| place(c[0])).collect(),
            series: vec![("mean share".to_owned(), self.classes.iter().map(|c| 100.0 * c[1]).collect())],
        };
        match slice.scope {
            Scope::Whole => vec![jumps, course],
            Scope::Unit { .. } => vec![jumps],
        }
    }
}
