//! Words by frequency, the same for the same seed.

/// A small generator of numbers (splitmix64): the same seed, the same corpus.
#[derive(Clone)]
pub struct Random(u64);

impl Random {
    /// The numbers of one seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).expect("below a usize")
    }
}

/// Words by frequency, and prose made of them.
pub struct Words {
    random: Random,
    vocabulary: Vec<String>,
    /// The frequencies of the words up to each, in whole numbers.
    up_to: Vec<u64>,
}

impl Words {
    /// The vocabulary: the commonest words of English as they are, then stems with endings.
    pub fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let mut words: Vec<String> = COMMON.split_whitespace().map(str::to_owned).collect();
        let mut stems: Vec<String> = STEMS.split_whitespace().map(str::to_owned).collect();
        while stems.len() < 1500 {
            let stem: String = (0..2 + random.below(2))
                .map(|_| SYLLABLES[random.below(SYLLABLES.len())])
                .collect();
            stems.push(stem);
        }
        let mut rest: Vec<String> = stems
            .iter()
            .flat_map(|stem| ["", "s", "ed", "ing"].map(|ending| format!("{stem}{ending}")))
            .collect();
        // The endings of one stem are not equally frequent.
        for n in (1..rest.len()).rev() {
            let other = random.below(n + 1);
            if n.abs_diff(other) < 2000 {
                rest.swap(n, other);
            }
        }
        words.append(&mut rest);
        let mut sum = 0;
        let up_to = (1..=words.len() as u64)
            .map(|rank| {
                sum += 1_000_000_000 / (rank + 2);
                sum
            })
            .collect();
        Self { random, vocabulary: words, up_to }
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.random.below(bound)
    }

    fn word(&mut self) -> &str {
        let all = self.up_to.last().copied().unwrap_or(1);
        let at = self.random.next() % all;
        &self.vocabulary[self.up_to.partition_point(|up_to| *up_to <= at)]
    }

    /// So many words, without a full stop.
    pub fn sentence(&mut self, words: usize) -> String {
        let mut sentence = String::new();
        for n in 0..words {
            if n > 0 {
                sentence.push(' ');
            }
            sentence.push_str(self.word());
        }
        sentence
    }

    /// So many words in sentences and paragraphs.
    pub fn prose(&mut self, words: usize) -> String {
        let mut prose = String::with_capacity(words * 6);
        let mut left = words;
        while left > 0 {
            let length = left.min(8 + self.below(14));
            prose.push_str(&self.sentence(length));
            prose.push_str(if self.below(6) == 0 { ".\n\n" } else { ". " });
            left -= length;
        }
        prose.trim_end().to_owned()
    }

    /// A full hour of a working day.
    pub fn time(&mut self) -> chrono::NaiveTime {
        let hour = u32::try_from(8 + self.below(10)).expect("an hour");
        chrono::NaiveTime::from_hms_opt(hour, 0, 0).expect("a time")
    }
}

const SYLLABLES: [&str; 40] = [
    "ra", "ten", "con", "pro", "re", "in", "ma", "ver", "sta", "per", "com", "de", "ex", "lo",
    "mi", "ser", "vi", "tra", "pre", "sub", "tor", "cal", "fen", "gri", "hol", "ju", "ke", "lum",
    "mor", "nal", "or", "pil", "qua", "ros", "sil", "ta", "un", "wel", "yar", "zo",
];

const COMMON: &str = "the to and i of a that in it was is he she for with on we at her his this \
 not but as have be they you had what from so about when all were would there been one if can \
 their more who will them do said which out up my no then how time some could into him than only \
 its over also after first two other new our because any these most made did where now through \
 much before way must even well back too work good here people just those like long great think \
 say help see come take know year own day get may same use us tell next last again need every \
 week month feel want still things try being plan down talk should while might never start find \
 give part since makes place though without between both asked team manager meeting notes goal";

const STEMS: &str = "mentor manage project promot deleg review agree commit question listen trust \
 confid feedback present design document schedul interview support deadline compare reflect \
 challeng conflict career report colleague department decid discuss disagree expect explain \
 improv learn limit lead measur motivat negotiat observ offer opinion organis patient perform \
 practis prepar pressur priorit progress propos protect quarter reason recognis relat remember \
 respect respons result resum return risk role satisf secur senior share situat skill small solv \
 speak spread stand strateg stress struggl success suggest surpris team think thought together \
 topic train travel understand value visit voice wait warn watch weekend welcom wonder worri \
 write written young";
