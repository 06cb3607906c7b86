//! Small returns for tests: built by hand, made clean at any size, or arbitrary.
//!
//! Behind the feature `testing`. A length that does not fit the number of stations stops the test that
//! wrote it.

use std::collections::HashMap;

use crate::{
    Areas, Arrival, Check, CheckOutcome, Column, Contest, Count, Earlier, Field, Flag, Kind, Level,
    Oddity, OddityKind, Origin, ParentRow, Partners, Place, Quantity, Returns, Scale, SetAside,
    Source, Stations, Tally, Threshold,
};

/// Builds returns column by column.
///
/// ```
/// use glassurn_model::{Field, testing::Builder};
///
/// let returns = Builder::new(2)
///     .field(Field::Registered, [100, 200])
///     .choice("A", [Some(10), None])
///     .build();
/// assert_eq!(returns.contests[0].choices[0].missing(), 1);
/// ```
#[derive(Debug, Clone)]
pub struct Builder {
    returns: Returns,
}

impl Builder {
    /// So many ordinary stations named `1`, `2`, …, in rows 2, 3, … of one file; one empty contest.
    pub fn new(stations: usize) -> Self {
        let source = Source { name: "test.csv".to_owned(), ..Source::default() };
        let stations = Stations {
            ids: (1..=stations).map(|i| i.to_string()).collect(),
            places: (2_u32..).take(stations).map(|row| Place { source: 0, row }).collect(),
            kinds: vec![Kind::Ordinary; stations],
            ..Stations::default()
        };
        let returns = Returns {
            title: "test".to_owned(),
            sources: vec![source],
            stations,
            ..Returns::default()
        };
        Builder { returns }.contest("contest")
    }

    /// Begins another contest; what follows belongs to it.
    pub fn contest(mut self, name: &str) -> Self {
        let first = self.returns.contests.first();
        if first.is_some_and(|c| c.columns().next().is_none()) {
            self.returns.contests.clear();
        }
        self.returns.contests.push(Contest {
            name: name.to_owned(),
            kind: Default::default(),
            fields: Default::default(),
            choices: Vec::new(),
            extras: Vec::new(),
            exhaustive: false,
            declared: Vec::new(),
        });
        self
    }

    /// A reported protocol line.
    pub fn field<V: Into<Count>>(self, field: Field, values: impl IntoIterator<Item = V>) -> Self {
        let column = self.column(field.title(), values);
        self.with(|c| drop(c.fields.insert(field, column)))
    }

    /// A protocol line made from other columns.
    pub fn derived<V: Into<Count>>(
        self,
        field: Field,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        let column = Column { origin: Origin::Derived, ..self.column(field.title(), values) };
        self.with(|c| drop(c.fields.insert(field, column)))
    }

    /// Votes for one choice.
    pub fn choice<V: Into<Count>>(self, name: &str, values: impl IntoIterator<Item = V>) -> Self {
        let column = self.column(name, values);
        self.with(|c| c.choices.push(column))
    }

    /// A further column.
    pub fn extra<V: Into<Count>>(self, name: &str, values: impl IntoIterator<Item = V>) -> Self {
        let column = self.column(name, values);
        self.with(|c| c.extras.push(column))
    }

    /// The source columns of a protocol line that is already there.
    pub fn source_columns(self, field: Field, from: &[&str]) -> Self {
        let from = from.iter().map(|&f| f.to_owned()).collect();
        self.with(|c| {
            c.fields.entry(field).and_modify(|column| column.from = from);
        })
    }

    /// The choices are all there were.
    pub fn exhaustive(self) -> Self {
        self.with(|c| c.exhaustive = true)
    }

    /// A total that a source declares.
    pub fn declared(self, what: &str, value: i64, source: &str) -> Self {
        self.tally(what, value, source, false)
    }

    /// A figure that a source announces for the whole contest, of which these stations may be a part.
    pub fn announced(self, what: &str, value: i64, source: &str) -> Self {
        self.tally(what, value, source, true)
    }

    fn tally(self, what: &str, value: i64, source: &str, announced: bool) -> Self {
        let (what, source) = (what.to_owned(), source.to_owned());
        self.with(|c| c.declared.push(Tally { what, value, source, announced, area: None }))
    }

    /// The stations' names.
    pub fn ids<S: Into<String>>(mut self, ids: impl IntoIterator<Item = S>) -> Self {
        self.returns.stations.ids = ids.into_iter().map(Into::into).collect();
        assert_eq!(self.returns.stations.ids.len(), self.returns.stations.kinds.len());
        self
    }

    /// The kind of one station, by index.
    pub fn kind(mut self, station: usize, kind: Kind) -> Self {
        self.returns.stations.kinds[station] = kind;
        self
    }

    /// When each station's result came in, as places in an order.
    pub fn arrived<V: Into<Option<i64>>>(mut self, at: impl IntoIterator<Item = V>) -> Self {
        let at: Vec<Option<i64>> = at.into_iter().map(Into::into).collect();
        assert_eq!(at.len(), self.returns.stations.len(), "arrivals");
        let arrival = Arrival { at, scale: Scale::Order, states: Vec::new(), interruption: None };
        self.returns.stations.arrival = Some(arrival);
        self
    }

    /// The first place after an interruption, where arrivals are given.
    pub fn interruption(mut self, at: i64) -> Self {
        if let Some(arrival) = &mut self.returns.stations.arrival {
            arrival.interruption = Some(at);
        }
        self
    }

    /// A rate at which something follows by law.
    pub fn threshold(mut self, of: Quantity, at: f64) -> Self {
        self.returns.thresholds.push(Threshold { of, at });
        self
    }

    /// A level of the hierarchy: the unit of each station, by name.
    pub fn level<S: AsRef<str>>(mut self, name: &str, units: &[S]) -> Self {
        assert_eq!(units.len(), self.returns.stations.len(), "level {name}");
        let mut level = Level { name: name.to_owned(), units: Vec::new(), of: Vec::new() };
        let mut known = HashMap::new();
        for unit in units.iter().map(AsRef::as_ref) {
            let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
            level.of.push(*known.entry(unit).or_insert_with(|| {
                level.units.push(unit.to_owned());
                next
            }));
        }
        self.returns.stations.levels.push(level);
        self
    }

    /// Latitude and longitude of each station.
    pub fn coordinates(mut self, at: impl IntoIterator<Item = Option<(f64, f64)>>) -> Self {
        let at: Vec<_> = at.into_iter().collect();
        assert_eq!(at.len(), self.returns.stations.len(), "coordinates");
        self.returns.stations.coordinates = Some(at);
        self
    }

    /// A map of the units of a level: which touch, and where each has its centre. Each is drawn as a square.
    pub fn areas(
        mut self,
        level: usize,
        touching: Vec<Vec<u32>>,
        centres: Vec<Option<(f64, f64)>>,
    ) -> Self {
        assert_eq!(touching.len(), centres.len(), "areas");
        #[expect(clippy::cast_possible_truncation, reason = "the centres of tests are small")]
        let square = |at: &Option<(f64, f64)>| {
            let corner = |(x, y): (f64, f64)| [(10.0 * x) as i32, (10.0 * y) as i32];
            let ring = |[x, y]: [i32; 2]| vec![[x, y], [x + 10, y], [x + 10, y + 10], [x, y + 10]];
            at.map(corner).map(ring).into_iter().collect()
        };
        let outlines = centres.iter().map(square).collect();
        self.returns.stations.areas = Some(Areas { level, touching, centres, outlines });
        self
    }

    /// A cell that does not hold the count it should.
    pub fn oddity(
        mut self,
        station: Option<u32>,
        column: &str,
        text: &str,
        kind: OddityKind,
    ) -> Self {
        let place = self.place(station);
        let (column, text) = (column.to_owned(), text.to_owned());
        self.returns.oddities.push(Oddity { place, station, column, text, kind });
        self
    }

    /// A row below the stations that is none.
    pub fn set_aside(mut self, label: &str, reason: &str) -> Self {
        let place = self.place(None);
        let (label, reason) = (label.to_owned(), reason.to_owned());
        self.returns.set_aside.push(SetAside { place, label, reason });
        self
    }

    /// A totals row below the stations that covers some of them, for the contest being built.
    pub fn parent<V: Into<Count>>(
        mut self,
        label: &str,
        stations: &[u32],
        counts: impl IntoIterator<Item = (&'static str, V)>,
    ) -> Self {
        self.returns.parents.push(ParentRow {
            place: self.place(None),
            label: label.to_owned(),
            contest: self.returns.contests.len().saturating_sub(1),
            stations: stations.to_vec(),
            counts: counts.into_iter().map(|(name, v)| (name.to_owned(), v.into())).collect(),
        });
        self
    }

    /// The contests of other returns as an earlier election at the same stations, in the same order.
    pub fn earlier(mut self, before: Returns) -> Self {
        let stations = self.returns.stations.len();
        assert_eq!(before.stations.len(), stations, "the earlier election");
        let partners =
            Partners { stations, earlier: stations, by_id: stations, ..Partners::default() };
        let Returns { title, sources, contests, .. } = before;
        self.returns.earlier = Some(Earlier { title, sources, contests, partners });
        self
    }

    /// The returns.
    pub fn build(self) -> Returns {
        self.returns
    }

    /// A reported column of the right length.
    fn column<V: Into<Count>>(&self, name: &str, values: impl IntoIterator<Item = V>) -> Column {
        let column = Column::reported(name, values.into_iter().map(Into::into).collect());
        assert_eq!(column.values.len(), self.returns.stations.len(), "column {name}");
        column
    }

    /// Changes the contest being built.
    fn with(mut self, change: impl FnOnce(&mut Contest)) -> Self {
        if let Some(contest) = self.returns.contests.last_mut() {
            change(contest);
        }
        self
    }

    /// The row of a station, or the row after the last.
    fn place(&self, station: Option<u32>) -> Place {
        let known = station.and_then(|s| self.returns.stations.places.get(s as usize));
        let after = self.returns.stations.places.last().map_or(2, |p| p.row + 1);
        known.copied().unwrap_or(Place { source: 0, row: after })
    }
}

/// A stream of numbers for tests (SplitMix64): the same seed gives the same numbers for ever.
#[derive(Debug, Clone)]
pub struct Stream(u64);

impl Stream {
    /// A stream of its own for each seed.
    pub fn new(seed: u64) -> Self {
        Stream(seed)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `bound` − 1 (0 when the bound is not positive), near enough uniform for tests.
    pub fn below(&mut self, bound: i64) -> i64 {
        let bound = u64::try_from(bound).unwrap_or(0).max(1);
        i64::try_from(self.bits() % bound).unwrap_or(0)
    }

    /// The indices 0 to n − 1 in a random order.
    pub fn order(&mut self, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by_cached_key(|_| self.bits());
        order
    }
}

/// Returns in which all arithmetic is right: every protocol line, three exhaustive choices (`A` leads),
/// ten stations a district, ten districts a region.
pub fn clean(stations: usize, seed: u64) -> Returns {
    let mut stream = Stream::new(seed);
    let mut lines: [Vec<i64>; 12] = Default::default();
    for _ in 0..stations {
        for (line, value) in lines.iter_mut().zip(clean_station(&mut stream)) {
            line.push(value);
        }
    }
    let [registered, received, issued, cancelled, found, cast, valid, invalid, blank, a, b, c] =
        lines;
    let named = |per: usize| (0..stations).map(|i| (i / per).to_string()).collect::<Vec<_>>();
    Builder::new(stations)
        .level("region", &named(100))
        .level("district", &named(10))
        .field(Field::Registered, registered)
        .field(Field::Received, received)
        .field(Field::Issued, issued)
        .field(Field::Cancelled, cancelled)
        .field(Field::Found, found)
        .field(Field::Cast, cast)
        .field(Field::Valid, valid)
        .field(Field::Invalid, invalid)
        .field(Field::Blank, blank)
        .choice("A", a)
        .choice("B", b)
        .choice("C", c)
        .exhaustive()
        .build()
}

/// The lines of one protocol, in the order of [`Field::ALL`], then three choices.
fn clean_station(stream: &mut Stream) -> [i64; 12] {
    let registered = 200 + stream.below(1800);
    let received = registered * (80 + stream.below(15)) / 100;
    let issued = registered * (40 + stream.below(30)) / 100;
    let cast = issued - stream.below(3);
    let (invalid, blank) = (stream.below(cast / 20 + 1), stream.below(cast / 30 + 1));
    let valid = cast - invalid - blank;
    let a = valid * (35 + stream.below(20)) / 100 + stream.below(2);
    let b = (valid - a) * (40 + stream.below(30)) / 100;
    let c = valid - a - b;
    [registered, received, issued, received - issued, cast, cast, valid, invalid, blank, a, b, c]
}

/// Returns of any shape, for tests that nothing ever panics: missing, negative and extreme counts, columns
/// that are absent or derived, kinds, levels, duplicate names, declared totals, odd cells.
pub fn arbitrary(seed: u64) -> Returns {
    let mut stream = Stream::new(seed);
    let n = usize::try_from(stream.below(40)).unwrap_or(0);
    let mut builder = Builder::new(n);
    for number in 0..stream.below(3) {
        builder = arbitrary_contest(builder.contest(&number.to_string()), n, &mut stream);
    }
    let units: Vec<String> = (0..n).map(|_| stream.below(5).to_string()).collect();
    builder = builder.level("region", &units);
    for station in 0..n {
        let kinds = [Kind::Ordinary, Kind::Postal, Kind::Special, Kind::Abroad];
        builder = builder.kind(station, kinds[(stream.bits() % 4) as usize]);
    }
    let ids: Vec<String> = (0..n).map(|_| stream.below(60).to_string()).collect();
    let kinds = [OddityKind::NotANumber, OddityKind::NotWhole, OddityKind::TooLarge];
    for kind in kinds.into_iter().take((stream.bits() % 4) as usize) {
        let station = u32::try_from(stream.below(50)).ok();
        builder = builder.oddity(station, "A", "1.5", kind);
    }
    if stream.below(2) == 0 {
        let at: Vec<Option<i64>> =
            (0..n).map(|_| Some(stream.below(9)).filter(|a| *a > 0)).collect();
        builder = builder.arrived(at).threshold(Quantity::Turnout, 0.5);
        builder = if stream.below(2) == 0 { builder.interruption(4) } else { builder };
    }
    builder.ids(ids).set_aside("total", "sum of the stations").build()
}

/// The columns of an arbitrary contest.
fn arbitrary_contest(mut builder: Builder, n: usize, stream: &mut Stream) -> Builder {
    for field in Field::ALL {
        let values = arbitrary_counts(n, stream);
        builder = match stream.below(4) {
            0 => builder,
            1 => builder.derived(field, values),
            _ => builder.field(field, values),
        };
    }
    for choice in 0..stream.below(5) {
        builder = builder.choice(&format!("c{choice}"), arbitrary_counts(n, stream));
    }
    if stream.below(2) == 0 {
        builder = builder.extra("extra", arbitrary_counts(n, stream)).exhaustive();
    }
    let covered: Vec<u32> = (0_u32..).take(n).filter(|_| stream.below(2) == 0).collect();
    builder = builder.parent("total", &covered, [("valid", Some(stream.below(99))), ("c0", None)]);
    builder.declared("valid", stream.below(1000), "a source").declared("nobody", 1, "a source")
}

/// Counts of one of several flavours: small, ordinary, or anything at all.
fn arbitrary_counts(n: usize, stream: &mut Stream) -> Vec<Count> {
    let flavour = stream.below(4);
    let one = |stream: &mut Stream| match (flavour, stream.below(8)) {
        (_, 0) => None,
        (0, _) => Some(stream.below(3)),
        (1, _) => Some(stream.below(200) * 8),
        (2, _) => Some(stream.below(2000) - 100),
        (_, 1) => Some(i64::MAX),
        (_, 2) => Some(i64::MIN),
        _ => Some(i64::from_ne_bytes(stream.bits().to_ne_bytes())),
    };
    (0..n).map(|_| one(stream)).collect()
}

/// The same returns with stations in another order: the i-th becomes what `order[i]` was.
pub fn reordered(returns: &Returns, order: &[usize]) -> Returns {
    let mut new = returns.clone();
    pick(&mut new.stations.ids, order);
    pick(&mut new.stations.places, order);
    pick(&mut new.stations.kinds, order);
    new.stations.levels.iter_mut().for_each(|level| pick(&mut level.of, order));
    new.stations.coordinates.iter_mut().for_each(|c| pick(c, order));
    new.stations.arrival.iter_mut().for_each(|a| pick(&mut a.at, order));
    let earlier = new.earlier.iter_mut().flat_map(|e| &mut e.contests);
    for contest in new.contests.iter_mut().chain(earlier) {
        let fields = contest.fields.values_mut();
        let columns = fields.chain(&mut contest.choices).chain(&mut contest.extras);
        columns.for_each(|column| pick(&mut column.values, order));
    }
    let moved = |station: u32| {
        let at = order.iter().position(|&old| old == station as usize);
        at.and_then(|new| u32::try_from(new).ok())
    };
    for parent in &mut new.parents {
        parent.stations = parent.stations.iter().filter_map(|&s| moved(s)).collect();
    }
    for oddity in &mut new.oddities {
        oddity.station = oddity.station.and_then(moved);
    }
    new
}

/// Puts items into another order.
fn pick<T: Clone>(items: &mut Vec<T>, order: &[usize]) {
    *items = order.iter().map(|&i| items[i].clone()).collect();
}

/// What a check says of the first contest; nothing when it does not apply.
pub fn messages(check: &dyn Check, returns: &Returns) -> Vec<String> {
    match check.run(returns, 0) {
        CheckOutcome::Ran { flags, .. } => flags.iter().map(Flag::message).collect(),
        CheckOutcome::NotApplicable { .. } => Vec::new(),
    }
}

/// Returns with one choice, `A`, whose counts have these last digits so many times.
pub fn stations_with_last_digits(times: &[usize; 10]) -> Returns {
    let digits = (0_i64..).zip(times).flat_map(|(digit, &n)| std::iter::repeat_n(digit, n));
    let counts: Vec<i64> =
        (0_i64..).zip(digits).map(|(i, d)| 200 + 10 * (i * 37 % 90) + d).collect();
    Builder::new(counts.len()).choice("A", counts).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clean_returns_add_up() {
        let returns = clean(230, 1);
        let contest = &returns.contests[0];
        let at = |field: Field, i: usize| contest.fields[&field].values[i].unwrap();
        for i in 0..230 {
            let parts = [Field::Valid, Field::Invalid, Field::Blank].map(|f| at(f, i));
            assert_eq!(at(Field::Cast, i), parts.iter().sum::<i64>());
            let votes: i64 = contest.choices.iter().map(|c| c.values[i].unwrap()).sum();
            assert_eq!(at(Field::Valid, i), votes);
            assert_eq!(at(Field::Received, i), at(Field::Issued, i) + at(Field::Cancelled, i));
        }
        assert_eq!(returns.stations.levels[1].units.len(), 23);
        assert_eq!(contest.leader(), Some(0));
    }

    #[test]
    fn the_same_seed_gives_the_same_returns() {
        assert_eq!(arbitrary(5), arbitrary(5));
        assert_ne!(clean(20, 5), clean(20, 6));
    }

    #[test]
    fn reordering_there_and_back_changes_nothing() {
        let returns = clean(50, 3);
        let order = Stream::new(4).order(50);
        let mut back = vec![0; 50];
        order.iter().enumerate().for_each(|(new, &old)| back[old] = new);
        assert_eq!(reordered(&reordered(&returns, &order), &back), returns);
    }
}
