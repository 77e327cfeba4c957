//! Receipts of invented patients, the same for a seed: problems with modifiers before and behind the name, all outcomes, texts without
//! a code, suspicions, two receipts a month, drugs and acts; written as CP932 or UTF-8, with western or era dates.
#![allow(dead_code, clippy::indexing_slicing, clippy::unwrap_used)]

use encoding_rs::SHIFT_JIS;

/// Receipt codes that the generator writes unless it is given others.
pub const CODES: [&str; 12] = [
    "2500013", "8848176", "4660009", "4871015", "4019014", "2720004", "5339015", "8830417", "6929003", "7862006",
    "4779004", "8843958",
];
/// In front of the name, and (8xxx) behind it.
const MODIFIERS: [&str; 8] = ["2056", "2057", "2058", "4012", "4016", "8048", "8061", "8065"];
const DOUBT: &str = "8002";

#[derive(Clone, Copy)]
pub struct Style {
    pub utf8: bool,
    /// Dates with the era as a digit.
    pub era: bool,
    pub line_end: &'static str,
    /// Trailing commas are written.
    pub full: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { utf8: false, era: false, line_end: "\r\n", full: true }
    }
}

/// Year, month, day.
pub type Day = (u32, u32, u32);

#[derive(Clone, Debug)]
pub struct Person {
    pub id: String,
    pub name: String,
    pub kana: String,
    pub sex: u32,
    pub born: Day,
    pub payer: String,
    pub symbol: String,
    pub number: String,
    pub branch: String,
    pub inpatient: bool,
    /// Has a second receipt each month, of another payer.
    pub second: bool,
    pub problems: Vec<Problem>,
}

#[derive(Clone, Debug)]
pub struct Problem {
    pub code: String,
    /// With 0000999.
    pub text: String,
    pub modifiers: Vec<String>,
    pub began: Day,
    /// Months (counted from 0) in which it is listed.
    pub from: u32,
    pub to: u32,
    /// 転帰 in its last month.
    pub outcome: char,
    pub main: bool,
}

impl Problem {
    pub fn is_suspected(&self) -> bool {
        self.modifiers.iter().any(|code| code == DOUBT) || self.text.ends_with("の疑い")
    }
}

/// xorshift64*.
pub struct Random(u64);

impl Random {
    pub fn seeded(seed: u64) -> Self {
        let mut random = Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x2545_F491_4F6C_DD1D);
        random.below(1);
        random
    }

    pub fn below(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let next = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D);
        u32::try_from((next >> 33) % u64::from(limit.max(1))).unwrap_or(0)
    }

    fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(u32::try_from(of.len()).unwrap()) as usize]
    }
}

/// The month care of the generator's first file.
const FIRST: (u32, u32) = (2026, 4);

/// Year and month of month `n`.
pub fn month(n: u32) -> (u32, u32) {
    let months = FIRST.0 * 12 + FIRST.1 - 1 + n;
    (months / 12, months % 12 + 1)
}

pub fn people(seed: u64, count: u32, codes: &[&str]) -> Vec<Person> {
    (0..count).map(|n| person(&mut Random::seeded(seed * 1_000_003 + u64::from(n)), n, codes)).collect()
}

fn person(random: &mut Random, n: u32, codes: &[&str]) -> Person {
    let (family, family_kana) =
        [("仮山", "カリヤマ"), ("仮川", "カリカワ"), ("試田", "タメシダ"), ("架野", "カケノ"), ("髙仮", "タカカリ")]
            [random.below(5) as usize];
    let (given, given_kana) =
        [("花子", "ハナコ"), ("太郎", "タロウ"), ("次郎", "ジロウ"), ("みのり", "ミノリ"), ("一", "ハジメ")]
            [random.below(5) as usize];
    let problems = 2 + random.below(5);
    let mut person = Person {
        id: format!("{:08}", 100_000 + n),
        name: format!("{family}　{given}"),
        kana: format!("{family_kana}　{given_kana}"),
        sex: 1 + random.below(2),
        born: (1930 + random.below(90), 1 + random.below(12), 1 + random.below(28)),
        payer: ["06139999", "01130012", "39131156", "  138057"][random.below(4) as usize].to_owned(),
        symbol: format!("{}", 10 + random.below(990)),
        number: format!("{}", 1 + n),
        branch: format!("{:02}", 1 + random.below(4)),
        inpatient: random.below(20) == 0,
        second: random.below(10) == 0,
        problems: Vec::new(),
    };
    for at in 0..problems {
        let mut problem = problem(random, codes);
        problem.main = at == 0;
        // A day of its own keeps problems of one code apart.
        problem.began.2 = 1 + at;
        person.problems.push(problem);
    }
    person
}

fn problem(random: &mut Random, codes: &[&str]) -> Problem {
    let uncoded = random.below(12) == 0;
    let modifiers = match random.below(5) {
        _ if uncoded => vec![],
        0 => vec![random.one(&MODIFIERS).to_owned()],
        1 => vec!["2056".to_owned(), "8048".to_owned()],
        2 if random.below(3) == 0 => vec![DOUBT.to_owned()],
        _ => vec![],
    };
    let text = match (uncoded, random.below(4)) {
        (false, _) => "",
        (true, 0) => "仮の未登録の病の疑い",
        (true, _) => "仮の未登録の病",
    };
    let from = random.below(2);
    Problem {
        code: if uncoded { "0000999".to_owned() } else { random.one(codes).to_owned() },
        text: text.to_owned(),
        modifiers,
        began: (2015 + random.below(11), 1 + random.below(12), 1),
        from,
        to: from + random.below(3),
        outcome: ['1', '1', '2', '3', '4'][random.below(5) as usize],
        main: false,
    }
}

/// Days as a receipt writes them.
pub fn day(style: Style, (year, month, day): Day) -> String {
    match style.era {
        false => format!("{year:04}{month:02}{day:02}"),
        true => {
            let (era, first) = match (year, month, day) {
                y if y >= (2019, 5, 1) => (5, 2018),
                y if y >= (1989, 1, 8) => (4, 1988),
                y if y >= (1926, 12, 25) => (3, 1925),
                _ => (2, 1911),
            };
            format!("{era}{:02}{month:02}{day:02}", year - first)
        }
    }
}

fn year_month(style: Style, (year, month): (u32, u32)) -> String {
    let day = day(style, (year, month, 1));
    day[..day.len() - 2].to_owned()
}

/// The file of month `n`, billed `later` months after it.
pub fn file(people: &[Person], n: u32, later: u32, style: Style) -> Vec<u8> {
    let mut lines =
        vec![format!("IR,1,13,1,9999999,,仮の診療所,{},00,0300000000", year_month(style, month(n + later)))];
    let mut number = 0;
    for person in people {
        let mut receipts = vec![(&person.payer, &person.branch)];
        let (other, other_branch) = ("39139999".to_owned(), "01".to_owned());
        if person.second {
            receipts.push((&other, &other_branch));
        }
        for (payer, branch) in receipts {
            number += 1;
            receipt(&mut lines, person, number, n, (payer, branch), style);
        }
    }
    lines.push(format!("GO,{number},1000,99"));
    encode(&lines, style)
}

fn receipt(lines: &mut Vec<String>, person: &Person, number: u32, n: u32, (payer, branch): (&str, &str), style: Style) {
    let kind = if person.inpatient { "1111" } else { "1112" };
    let blank = |count: usize| ",".repeat(count);
    lines.push(format!(
        "RE,{number},{kind},{},{},{},{},{}{}{}{},",
        year_month(style, month(n)),
        person.name,
        person.sex,
        day(style, person.born),
        blank(6),
        person.id,
        blank(23),
        person.kana,
    ));
    lines.push(format!("HO,{payer},{},{},1,500,,,,,,,,,", person.symbol, person.number));
    lines.push(format!("SN,1,01,,,,{branch},,"));
    for problem in person.problems.iter().filter(|problem| (problem.from..=problem.to).contains(&n)) {
        let outcome = if problem.to == n { problem.outcome } else { '1' };
        let main = if problem.main { "01" } else { "" };
        let Problem { code, text, modifiers, began, .. } = problem;
        lines.push(format!("SY,{code},{},{outcome},{},{text},{main},", day(style, *began), modifiers.concat()));
    }
    let days = |day: usize| format!(",,,,,,{}1{}", blank(day), blank(30 - day));
    let at = (number as usize) % 28;
    lines.push(format!("SI,12,1,112007410,,73,1{}", days(at)));
    lines.push(format!("IY,21,1,620098801,3,5,14{}", days(at)));
    lines.push(format!("IY,,1,611170005,1,4,14{}", days(at)));
    lines.push("CO,23,1,810000001,１日３回　右眼".to_owned());
    lines.push(format!("IY,,1,622038501,5,82,1{}", days(at)));
    lines.push(format!("SI,31,1,130000510,,20,1{}", days(at)));
    lines.push(format!("IY,,1,622199001,1,168,1{}", days(at)));
    lines.push(format!("SI,60,1,160008010,,21,1{}", days(at)));
    lines.push(format!("SI,60,1,160095710,,35,1{}", days(at)));
}

pub fn encode(lines: &[String], style: Style) -> Vec<u8> {
    let mut text = String::new();
    for line in lines {
        text.push_str(if style.full { line } else { line.trim_end_matches(',') });
        text.push_str(style.line_end);
    }
    match style.utf8 {
        true => text.into_bytes(),
        false => {
            let (bytes, _, unmapped) = SHIFT_JIS.encode(&text);
            assert!(!unmapped);
            bytes.into_owned()
        }
    }
}
