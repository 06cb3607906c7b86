//! What is said of the model: figures, a sentence, pictures.

use glassurn_model::{Measure, Picture, Scope, Unit};

use super::expected::{Kind, by_share, cells};
use super::{Fit, Fits, Model, Profile};
use crate::turnout_bins::{self, BINS};
use crate::{Slice, phrase};

impl Model {
    /// Least and most of a part: over resamples, over all α that fit as well, and over the profile of the likelihood.
    pub(super) fn range(&self, part: usize) -> [f64; 2] {
        let Fits { as_good, resampled, profile, .. } = &self.fits;
        let widest = |[a, b]: [f64; 2], [c, d]: [f64; 2]| [a.min(c), b.max(d)];
        let range = widest(as_good[part], resampled[part]);
        profile.map_or(range, |profile| widest(range, profile.parts[part]))
    }

    fn misfit(&self) -> f64 {
        (self.fits.best.criterion / BINS as f64).sqrt()
    }

    pub(super) fn measures(&self) -> Vec<Measure> {
        let (h, best) = (&self.honest, &self.fits.best);
        let m = |name: &str, symbol, value, unit| Measure::plain(name, symbol, value, unit);
        let mut measures = Vec::new();
        let names = [("some votes added", ["f_i", "f_i,a", "f_i,r"]), ("most votes added", ["f_e", "f_e,a", "f_e,r"])];
        for (i, (name, [f, good, again])) in names.into_iter().enumerate() {
            let ([_, most], [_, most_again]) = (self.fits.as_good[i], self.fits.resampled[i]);
            measures.push(m(&format!("part of the stations, {name}"), f, best.parts[i], Unit::Share));
            measures.push(m(&format!("{name}, most over α that fit as well"), good, most, Unit::Share));
            measures.push(m(&format!("{name}, most over resamples"), again, most_again, Unit::Share));
        }
        measures.extend([
            m("votes moved as added (α)", "α", best.alpha, Unit::None),
            m("minima of the criterion over α", "M", self.fits.minima.len() as f64, Unit::None),
            m("criterion", "S", best.criterion, Unit::None),
            m("misfit of a bin of the share", "S₁", self.misfit(), Unit::None),
            m("turnout of the model's unchanged stations", "τ", h.turnout, Unit::Share),
            m("share of the model's unchanged stations", "ν", h.share, Unit::Share),
            m("scale of their turnout", "s_τ", h.turnout_sd, Unit::Points),
            m("scale of their share", "s_ν", h.share_sd, Unit::Points),
            m("scale of the part added", "θ", h.added_sd, Unit::Points),
        ]);
        measures.extend(self.fits.profile.iter().flat_map(by_likelihood));
        measures
    }

    pub(super) fn plain(&self) -> String {
        let [low, high] = self.range(0).map(|f| phrase::percent(f, 0));
        let [least, most] = self.range(1).map(|f| phrase::percent(f, 1));
        let minima = match self.fits.minima.len() {
            0 | 1 => "one set of settings fits best",
            _ => "several sets of settings fit about as well",
        };
        format!(
            "In a model of one electorate, in which whatever is not one cloud counts as added votes, {low} \
             to {high} of {} stations have some votes added and {least} to {most} nearly all; {minima}, \
             the histogram of shares is missed by {} a bin, and several electorates give the same.",
            phrase::count(self.stations.len()),
            phrase::percent(self.misfit(), 0),
        )
    }

    /// For a whole contest only.
    pub(super) fn pictures(&self, slice: &Slice<'_>) -> Vec<Picture> {
        let mut pictures = vec![self.picture_of_parts()];
        if slice.scope == Scope::Whole {
            pictures.extend([self.picture_of_shares(), self.observed(), self.expected()]);
        }
        pictures
    }

    /// The parts of stations for every α.
    fn picture_of_parts(&self) -> Picture {
        let all = &self.fits.all;
        let line = |name: &str, of: fn(&Fit) -> f64| {
            (name.to_owned(), all.iter().map(of).collect::<Vec<f64>>())
        };
        Picture::Lines {
            title: "Parts of the stations by α".to_owned(),
            x: "α, as a power of 2".to_owned(),
            y: "part of the stations".to_owned(),
            at: all.iter().map(|f| libm::log2(f.alpha)).collect(),
            series: vec![
                line("some votes added", |f| f.parts[0]),
                line("most votes added", |f| f.parts[1]),
            ],
        }
    }

    /// Stations by share beside the model.
    fn picture_of_shares(&self) -> Picture {
        let mut observed = vec![0.0; BINS];
        for s in &self.stations {
            observed[turnout_bins::bin(s.votes, s.cast)] += 1.0;
        }
        let n = self.stations.len() as f64;
        Picture::Lines {
            title: "Stations by share, and the model".to_owned(),
            x: "share, %".to_owned(),
            y: "stations in each per cent of the share".to_owned(),
            at: (0..BINS).map(turnout_bins::middle).collect(),
            series: vec![
                ("stations".to_owned(), observed),
                ("model".to_owned(), by_share(&self.cells()).iter().map(|p| p * n).collect()),
            ],
        }
    }

    /// The model's cells at the best fit.
    fn cells(&self) -> Vec<f64> {
        let Fit { alpha, parts: [some, most], .. } = self.fits.best;
        let kinds = [(Kind::Honest, 1.0 - some - most), (Kind::Some, some), (Kind::Most, most)];
        let mut sum = vec![0.0; BINS * BINS];
        for (kind, part) in kinds {
            for (s, c) in sum.iter_mut().zip(cells(&self.honest, kind, alpha)) {
                *s += part * c;
            }
        }
        sum
    }

    fn observed(&self) -> Picture {
        heat("Stations by turnout and share", turnout_bins::cells(&self.stations))
    }

    fn expected(&self) -> Picture {
        let n = self.stations.len() as f64;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
        let counts = self.cells().iter().map(|p| (p * n).round() as u32).collect();
        heat("The model's stations by turnout and share", counts)
    }
}

/// The ends of the intervals, and how much more than by chance the likeliest model is missed.
fn by_likelihood(profile: &Profile) -> [Measure; 8] {
    let m = Measure::plain;
    let [[some_low, some_high], [most_low, most_high]] = profile.parts;
    let [alpha_low, alpha_high] = profile.alpha;
    [
        m("some votes added, lower end of the profile", "f_i,−", some_low, Unit::Share),
        m("some votes added, upper end of the profile", "f_i,+", some_high, Unit::Share),
        m("most votes added, lower end of the profile", "f_e,−", most_low, Unit::Share),
        m("most votes added, upper end of the profile", "f_e,+", most_high, Unit::Share),
        m("α, lower end of the profile", "α₋", alpha_low, Unit::None),
        m("α, upper end of the profile", "α₊", alpha_high, Unit::None),
        m("likeliest α", "α_L", profile.best.alpha, Unit::None),
        m("variance of the histogram around the likeliest model, of that by chance", "φ", profile.dispersion, Unit::None),
    ]
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
