//! The share as stations came in.

use glassurn_model::Picture;

use super::parts::{reference, sums};
use crate::arrivals::Arrived;

/// Moments that are drawn.
const MOMENTS: usize = 60;

/// The share after each of some moments.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// Part of all votes counted by then, in per cent.
    pub counted: Vec<f64>,
    /// Share of the choice by then, in per cent.
    pub share: Vec<f64>,
    /// The same, had late stations the early share of their units; the units' level.
    pub expected: Option<(String, Vec<f64>)>,
}

impl Course {
    /// Of stations and, where they are known, their units.
    pub(super) fn of(stations: &[Arrived], units: Option<(&str, &[u32])>) -> Course {
        let mut order: Vec<usize> = (0..stations.len()).collect();
        order.sort_by_key(|&i| stations[i].at);
        let all: f64 = stations.iter().map(|s| s.whole as f64).sum();
        let expected = units.map(|(level, of)| (level.to_owned(), expected(stations, of)));
        let mut course = Course {
            counted: Vec::new(),
            share: Vec::new(),
            expected: expected.as_ref().map(|(level, _)| (level.clone(), Vec::new())),
        };
        let (mut whole, mut votes, mut like) = (0.0, 0.0, 0.0);
        let mut drawn = 0.0;
        for together in order.chunk_by(|a, b| stations[*a].at == stations[*b].at) {
            for &i in together {
                whole += stations[i].whole as f64;
                votes += stations[i].votes as f64;
                like += expected.as_ref().map_or(0.0, |(_, e)| e[i]);
            }
            if whole >= all * drawn / MOMENTS as f64 {
                drawn = (whole / all * MOMENTS as f64).floor() + 1.0;
                course.counted.push(100.0 * whole / all);
                course.share.push(100.0 * votes / whole);
                if let Some((_, line)) = &mut course.expected {
                    line.push(100.0 * like / whole);
                }
            }
        }
        course
    }

    /// The share less the early one: what moved is small beside what was counted.
    pub(super) fn picture(&self, early: f64) -> Picture {
        let above = |line: &[f64]| line.iter().map(|v| v / 100.0 - early).collect::<Vec<f64>>();
        let mut series = vec![("counted so far".to_owned(), above(&self.share))];
        series.extend(self.expected.iter().map(|(level, line)| {
            (format!("had late stations the early share of their {level}"), above(line))
        }));
        Picture::Lines {
            title: "How far the share moved from that of the early stations".to_owned(),
            x: "votes counted, per cent of all".to_owned(),
            y: "share so far, less that of the early stations".to_owned(),
            at: self.counted.clone(),
            series,
        }
    }
}

/// Each station's votes; of a late one, those of its unit's early share.
pub(super) fn expected(stations: &[Arrived], of: &[u32]) -> Vec<f64> {
    let sums = sums(stations, of);
    let one = |(s, g): (&Arrived, &u32)| match s.late {
        true => s.whole as f64 * reference(&sums[*g as usize]),
        false => s.votes as f64,
    };
    stations.iter().zip(of).map(one).collect()
}
