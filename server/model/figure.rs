//! Figures in running text: a number, its unit, what is measured, over which time.

/// A figure: `10T+ requests/day`, `<150ms audio latency`, `99.999%`.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The number, in the unit's base: seconds, bytes, percent, or plain.
    pub value: f64,
    /// Whether the true value is said to be about, above or below the number.
    pub bound: Bound,
    /// What is measured: its unit and its thing. Figures with equal measures can be compared.
    pub measure: Measure,
    /// Words that narrow down what is measured: `concurrent`, `active`.
    pub narrowed: Box<str>,
    /// What one more in the last digit that counts is worth, in the unit's base: the 10 of `150`.
    pub step: f64,
    /// The words before the number and behind what is measured, as far as they say anything: when, where,
    /// at which load.
    pub around: Box<str>,
}

impl Figure {
    /// Whether two figures cannot both be right: they measure the same under the same conditions, and no
    /// number is a rounding of both.
    pub fn contradicts(&self, other: &Self) -> bool {
        let ((from, to), (start, end)) = (self.extent(), other.extent());
        self.measure == other.measure
            && self.narrowed == other.narrowed
            && self.around == other.around
            && (to < start || end < from)
    }

    /// Between which values the true one is said to lie.
    fn extent(&self) -> (f64, f64) {
        let (value, step) = (self.value, self.step);
        // A little less, so that neighbours do not meet.
        let almost = step * 0.999;
        match self.bound {
            Bound::Exact => (value - almost / 2.0, value + almost / 2.0),
            Bound::About => (value - step.max(value / 10.0), value + step.max(value / 10.0)),
            Bound::AtLeast => (value, value + almost),
            Bound::AtMost => (value - almost, value),
        }
    }
}

/// On which side of the number the true value is said to lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The number itself.
    Exact,
    /// About the number.
    About,
    /// The number or more: `10T+`, `>10`.
    AtLeast,
    /// The number or less: `<150ms`.
    AtMost,
}

/// What a figure measures.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Measure {
    /// `s`, `B`, `%`, or empty for a count.
    pub unit: Box<str>,
    /// The thing counted or measured, in the singular and lower case: `request`, `latency`; may be empty.
    pub thing: Box<str>,
    /// The time it is counted over, in the singular: `day`, `s`; may be empty.
    pub per: Box<str>,
}

/// Units and what one of them is in the base unit. Longer ones before their beginnings.
#[rustfmt::skip]
static UNITS: &[(&str, &str, f64)] = &[
    ("milliseconds", "s", 1e-3), ("millisecond", "s", 1e-3), ("microseconds", "s", 1e-6), ("seconds", "s", 1.0),
    ("minutes", "s", 60.0), ("ms", "s", 1e-3), ("μs", "s", 1e-6), ("µs", "s", 1e-6), ("us", "s", 1e-6), ("ns", "s", 1e-9),
    ("s", "s", 1.0), ("%", "%", 1.0), ("KB", "B", 1e3), ("MB", "B", 1e6), ("GB", "B", 1e9), ("TB", "B", 1e12),
    ("PB", "B", 1e15), ("EB", "B", 1e18),
];

/// Words and letters that multiply a number.
#[rustfmt::skip]
static SCALES: &[(&str, f64)] = &[
    ("thousand", 1e3), ("million", 1e6), ("billion", 1e9), ("trillion", 1e12),
    ("K", 1e3), ("k", 1e3), ("M", 1e6), ("B", 1e9), ("T", 1e12),
];

/// Words that end what is measured.
const ENDS: &[&str] = &[
    "at",
    "across",
    "for",
    "in",
    "with",
    "by",
    "from",
    "to",
    "on",
    "per",
    "globally",
    "and",
    "over",
    "of",
    "under",
    "or",
    "within",
    "during",
    "since",
    "via",
    "using",
    "worldwide",
];

/// Words around a figure that say nothing of what it measures.
const NOTHING: &[&str] = &[
    ".",
    "under",
    "below",
    "up",
    "to",
    "at",
    "most",
    "less",
    "than",
    "over",
    "more",
    "least",
    "above",
    "about",
    "around",
    "roughly",
    "nearly",
    "almost",
    "globally",
    "worldwide",
    "a",
    "an",
    "the",
    "of",
    "has",
    "serves",
    "handles",
    "processes",
    "stores",
];

/// Words that say over which time something is counted.
const TIMES: &[(&str, &str)] = &[
    ("daily", "day"),
    ("day", "day"),
    ("d", "day"),
    ("hour", "hour"),
    ("h", "hour"),
    ("hourly", "hour"),
    ("minute", "min"),
    ("min", "min"),
    ("second", "s"),
    ("sec", "s"),
    ("s", "s"),
    ("month", "month"),
    ("monthly", "month"),
    ("year", "year"),
    ("annually", "year"),
    ("week", "week"),
];

/// The first figure in `text`, a piece between commas. `label` says what is measured where the text
/// does not.
pub fn figure(text: &str, label: &str) -> Option<Figure> {
    let (at, end) = number(text)?;
    let digits: String = text[at..end].chars().filter(|it| *it != ',').collect();
    let mut value: f64 = digits.parse().ok()?;
    let mut step = step(&digits);
    let mut bound = before(&text[..at]);
    let mut rest = &text[end..];
    if let Some(nines) = rest.trim_start().strip_prefix("9s").filter(|_| value < 10.0) {
        let measure = Measure { unit: "%".into(), thing: "availability".into(), per: "".into() };
        let step = 10f64.powf(1.0 - value);
        let value = 100.0 - 100.0 * 10f64.powf(-value);
        let (narrowed, around) = (narrowed(nines).into(), around(&text[..at], ""));
        return Some(Figure { value, bound, measure, narrowed, step, around });
    }
    let spaced = rest.trim_start();
    let scale = SCALES.iter().find(|(word, _)| {
        let from = if word.len() > 1 { spaced } else { rest };
        from.strip_prefix(word).is_some_and(|it| !it.starts_with(char::is_alphanumeric))
    });
    if let Some((word, by)) = scale {
        (value, step) = (value * by, step * by);
        rest = if word.len() > 1 { &spaced[word.len()..] } else { &rest[word.len()..] };
    }
    if let Some(plus) = rest.strip_prefix('+') {
        (bound, rest) = (Bound::AtLeast, plus);
    }
    let mut unit = "";
    let unspaced = rest.trim_start();
    let found = UNITS.iter().find(|it| {
        let tail = unspaced.strip_prefix(it.0);
        let ends = tail.is_some_and(|it| !it.starts_with(char::is_alphanumeric));
        // A bare `s` is seconds only where it touches the number, and `1000s of` is a count.
        ends && (it.0 != "s" || (rest.len() == unspaced.len() && !unspaced.starts_with("s of")))
    });
    if let Some((word, base, by)) = found {
        (unit, value, step) = (base, value * by, step * by);
        rest = &unspaced[word.len()..];
        if let Some(plus) = rest.strip_prefix('+') {
            (bound, rest) = (Bound::AtLeast, plus);
        }
    }
    let rest = rest.strip_prefix("s of").or_else(|| rest.strip_prefix("s+")).unwrap_or(rest);
    let (thing, narrowed, per, behind) = thing(rest);
    let thing = if thing.is_empty() { super::vocabulary::slug(label).into() } else { thing };
    let measure = Measure { unit: unit.into(), thing: thing.into(), per: per.into() };
    let around = around(&text[..at], behind);
    Some(Figure { value, bound, measure, narrowed: narrowed.into(), step, around })
}

/// What the last digit of a number is worth that is not a zero before the point.
fn step(digits: &str) -> f64 {
    let zeros = digits.len() - digits.trim_end_matches('0').len();
    let places = digits.split_once('.').map_or(0, |it| it.1.len());
    let power = i32::try_from(if places > 0 { places } else { zeros }).unwrap_or_default();
    10f64.powi(if places > 0 { -power } else { power })
}

/// The words around a figure, but for those that only say on which side of the number the value lies.
fn around(lead: &str, behind: &str) -> Box<str> {
    let says = |it: &&str| !it.is_empty() && !NOTHING.contains(it);
    let text = format!("{lead} {behind}").to_lowercase();
    let money = text.contains(['$', '€']).then_some("$");
    let words = text.split(|it: char| !it.is_alphanumeric() && it != '.').filter(says);
    money.into_iter().chain(words).collect::<Vec<_>>().join(" ").into()
}

/// Whether a text states a measure in words alone: `Single-digit millisecond latency`.
pub fn says_measure(text: &str) -> bool {
    let text = text.to_lowercase();
    ["digit", "sub-", "thousands", "millions", "billions", "trillions"]
        .iter()
        .any(|it| text.contains(it))
}

/// Where the first figure of `text` begins: at its number, or at the sign before it.
pub(super) fn start(text: &str) -> usize {
    let Some((at, _)) = number(text) else { return 0 };
    let lead = text[..at].trim_end_matches(['<', '>', '~', '≈', '≤', '≥', '$', '€']);
    lead.len()
}

/// Where the first number of `text` is: one that no letter touches from the left.
fn number(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let start = (0..bytes.len()).find(|&at| {
        let before = || text[..at].chars().next_back();
        bytes[at].is_ascii_digit()
            && !before().is_some_and(|it| it.is_alphanumeric() || it == '_' || it == '.')
    })?;
    let mut end = start;
    while end < bytes.len() {
        let more = bytes[end].is_ascii_digit()
            || (matches!(bytes[end], b'.' | b',')
                && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)
                && (bytes[end] == b'.' || thousands(&bytes[end + 1..])));
        if !more {
            break;
        }
        end += 1;
    }
    Some((start, end))
}

/// Whether exactly three digits follow.
fn thousands(bytes: &[u8]) -> bool {
    bytes.iter().take_while(|it| it.is_ascii_digit()).count() == 3
}

fn before(lead: &str) -> Bound {
    let lead = lead.trim_end().trim_end_matches('$').to_lowercase();
    let ends = |all: &[&str]| all.iter().any(|it| lead.ends_with(it));
    if ends(&["<", "≤", "under", "below", "up to", "at most", "less than"]) {
        Bound::AtMost
    } else if ends(&[">", "≥", "over", "more than", "at least", "above"]) {
        Bound::AtLeast
    } else if ends(&["~", "≈", "about", "around", "roughly", "nearly", "almost"]) {
        Bound::About
    } else {
        Bound::Exact
    }
}

/// What is measured, what narrows it down, the time it is counted over, and what stands behind all that.
fn thing(whole: &str) -> (String, String, String, &str) {
    let rest = whole.split(['(', ';', ',']).next().unwrap_or_default();
    let (words, slashed) = rest.split_once('/').map_or((rest, None), |(a, b)| (a, Some(b)));
    let mut end = words.len();
    let time = |it: &str| {
        let it = it.trim_matches(|it: char| !it.is_alphanumeric()).to_lowercase();
        TIMES.iter().find(|row| row.0 == it).map(|row| row.1)
    };
    let mut per = slashed.and_then(|it| time(it.split_whitespace().next()?)).unwrap_or_default();
    if let (Some(slashed), false) = (slashed, per.is_empty()) {
        let word = slashed.split_whitespace().next().unwrap_or_default();
        end = rest.len() - slashed.len() + slashed.find(word).unwrap_or_default() + word.len();
    }
    let mut kept: Vec<String> = Vec::new();
    let mut all = words.split_whitespace().peekable();
    while let Some(word) = all.next() {
        let plain = word.trim_matches(|it: char| !it.is_alphanumeric()).to_lowercase();
        if plain == "per" {
            per = all.peek().and_then(|it| time(it)).unwrap_or(per);
        }
        if plain.is_empty() || ENDS.contains(&plain.as_str()) {
            let last = all.peek().filter(|_| plain == "per");
            end = last.map_or_else(|| place(whole, word), |it| place(whole, it) + it.len());
            break;
        }
        match time(word).filter(|_| plain.ends_with("ly")) {
            Some(found) => per = found,
            None => kept.push(plain),
        }
    }
    // A participle behind the thing says what is done with it: `hours watched`.
    while kept.len() > 1 && kept.last().is_some_and(|it| it.ends_with("ed")) {
        kept.pop();
    }
    let thing = kept.pop().map(|it| super::vocabulary::slug(&it).into()).unwrap_or_default();
    (thing, kept.join(" "), per.to_owned(), whole.get(end..).unwrap_or_default())
}

/// Where a part of a text begins in it.
fn place(text: &str, part: &str) -> usize {
    part.as_ptr().addr() - text.as_ptr().addr()
}

fn narrowed(rest: &str) -> String {
    rest.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, value: f64, bound: Bound, measure: (&str, &str, &str)) {
        let found = figure(text, "").expect("a figure");
        let (unit, thing, per) = measure;
        let wanted = Measure { unit: unit.into(), thing: thing.into(), per: per.into() };
        assert!((found.value - value).abs() <= value * 1e-9, "{text}: {}", found.value);
        assert_eq!((found.bound, found.measure), (bound, wanted), "{text}");
    }

    #[test]
    fn reads_the_figures_that_authors_write() {
        check(
            "10T+ requests/day across millions of tables",
            1e13,
            Bound::AtLeast,
            ("", "request", "day"),
        );
        check("<150ms audio latency globally", 0.15, Bound::AtMost, ("s", "latency", ""));
        check("99.999%", 99.999, Bound::Exact, ("%", "", ""));
        check("1B+ hours/month", 1e9, Bound::AtLeast, ("", "hour", "month"));
        check("1B+ hours watched daily", 1e9, Bound::AtLeast, ("", "hour", "day"));
        check("5 9s availability", 99.999, Bound::Exact, ("%", "availability", ""));
        check("100PB+ data", 1e17, Bound::AtLeast, ("B", "data", ""));
        check("1000s of nodes globally", 1000.0, Bound::Exact, ("", "node", ""));
        check("more than 75,000 nodes", 75e3, Bound::AtLeast, ("", "node", ""));
        check("260 million users", 26e7, Bound::Exact, ("", "user", ""));
        check("200ms p99 for global queries", 0.2, Bound::Exact, ("s", "p99", ""));
    }

    /// Whether two statements of one thing cannot both be right.
    #[track_caller]
    fn contradict(a: &str, b: &str, expected: bool) {
        let read = |it| figure(it, "").expect("a figure");
        assert_eq!(read(a).contradicts(&read(b)), expected, "{a} and {b}");
        assert_eq!(read(b).contradicts(&read(a)), expected, "{b} and {a}");
    }

    #[test]
    fn figures_contradict_each_other_only_where_no_number_is_a_rounding_of_both() {
        contradict("260M+ concurrent users", "250M+ concurrent users", true);
        contradict("700+ services", "1,000+ services", true);
        contradict("99.9% availability", "99.99% availability", true);
        contradict("5ms latency", "<10ms latency", false);
        contradict("10T+ requests/day", "12 trillion requests per day", false);
        contradict("about 230M users", "more than 200M users", false);
        contradict("1.3M queries", "1,270,000 queries", false);
    }

    #[test]
    fn figures_of_other_times_places_and_loads_do_not_contradict_each_other() {
        contradict("260M users (2023)", "220M users (2020)", false);
        contradict("260M users (2023)", "220M users (2023)", true);
        contradict("260M users", "220M users in India", false);
        contradict("7T messages/day", "7T messages/day at peak", false);
        contradict("peak of 9M requests/second", "5M requests/second", false);
        contradict("10-20ms latency", "30ms latency", false);
        contradict("100M active users", "500M users", false);
        contradict("1B hours/month", "5B hours/day", false);
        contradict("$5B revenue", "7B revenue", false);
    }

    #[test]
    fn takes_what_is_measured_from_the_label() {
        let found = figure("99.95%", "availability").expect("a figure");
        assert_eq!(&*found.measure.thing, "availability");
    }

    proptest::proptest! {
        #![proptest_config(crate::testing::cases(256))]

        #[test]
        fn reads_any_text(text in "[0-9a-z+/%,.<~()→ç 9sMB-]{0,24}", label in "\\PC{0,8}") {
            let _ = figure(&text, &label);
        }
    }

    #[test]
    fn a_digit_in_a_name_is_no_figure() {
        assert_eq!(figure("H3 spatial index", ""), None);
        assert_eq!(figure("eventual consistency", ""), None);
    }
}
