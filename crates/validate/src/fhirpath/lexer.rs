use super::error::{CompileError, CompileFault};
use super::moment::MomentKind;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'s> {
    Name(&'s str),
    /// A name in backticks: never a keyword.
    Quoted(String),
    Text(String),
    Number(&'s str),
    Moment(MomentKind, &'s str),
    /// `%name`
    Variable(String),
    /// `$this` and its like, without the dollar sign.
    Special(&'s str),
    Symbol(&'static str),
    End,
}

/// Longer ones stand before those that they begin with.
const SYMBOLS: [&str; 22] =
    ["<=", ">=", "!=", "!~", "<", ">", "=", "~", "(", ")", "[", "]", "{", "}", ".", ",", "+", "-", "*", "/", "|", "&"];

pub(super) struct Lexer<'s> {
    text: &'s str,
    at: usize,
}

impl<'s> Lexer<'s> {
    pub fn new(text: &'s str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self) -> &'s str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn fail<T>(&self, position: usize, what: CompileFault) -> Result<T, CompileError> {
        Err(CompileError { position, what })
    }

    /// Skips and returns the longest beginning of what is left whose characters all fit.
    fn take(&mut self, fits: impl Fn(char) -> bool) -> &'s str {
        let rest = self.rest();
        let length = rest.find(|c| !fits(c)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    fn eat(&mut self, prefix: &str) -> bool {
        let found = self.rest().starts_with(prefix);
        if found {
            self.at += prefix.len();
        }
        found
    }

    fn skip_blanks(&mut self) -> Result<(), CompileError> {
        loop {
            self.take(char::is_whitespace);
            let start = self.at;
            if self.eat("//") {
                self.take(|c| c != '\n');
            } else if self.eat("/*") {
                let Some(length) = self.rest().find("*/") else {
                    return self.fail(start, CompileFault::Expected("*/"));
                };
                self.at += length + 2;
            } else {
                return Ok(());
            }
        }
    }

    /// The next token and where it begins.
    pub fn next(&mut self) -> Result<(usize, Token<'s>), CompileError> {
        self.skip_blanks()?;
        let start = self.at;
        let Some(first) = self.rest().chars().next() else { return Ok((start, Token::End)) };
        let token = match first {
            '\'' => Token::Text(self.quoted('\'')?),
            '`' => Token::Quoted(self.quoted('`')?),
            '%' => self.variable()?,
            '$' => {
                self.at += 1;
                Token::Special(self.take(|c| c.is_ascii_alphabetic()))
            }
            '@' => self.moment()?,
            '0'..='9' => self.number(),
            _ if is_name_start(first) => Token::Name(self.take(|c| is_name_start(c) || c.is_ascii_digit())),
            _ => match SYMBOLS.iter().find(|symbol| self.rest().starts_with(**symbol)) {
                Some(symbol) => {
                    self.at += symbol.len();
                    Token::Symbol(symbol)
                }
                None => return self.fail(start, CompileFault::UnknownCharacter(first)),
            },
        };
        Ok((start, token))
    }

    fn variable(&mut self) -> Result<Token<'s>, CompileError> {
        self.at += 1;
        Ok(Token::Variable(match self.rest().chars().next() {
            Some(quote @ ('`' | '\'')) => self.quoted(quote)?,
            _ => self.take(|c| is_name_start(c) || c.is_ascii_digit() || c == '-').to_owned(),
        }))
    }

    fn number(&mut self) -> Token<'s> {
        let start = self.at;
        self.take(|c| c.is_ascii_digit());
        self.fraction();
        Token::Number(self.text.get(start..self.at).unwrap_or_default())
    }

    /// A point counts only before a digit: `1.toString()` is a call.
    fn fraction(&mut self) {
        let mut ahead = self.rest().chars();
        if ahead.next() == Some('.') && ahead.next().is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
            self.take(|c| c.is_ascii_digit());
        }
    }

    fn moment(&mut self) -> Result<Token<'s>, CompileError> {
        self.at += 1;
        let start = self.at;
        let kind = if self.eat("T") {
            self.clock();
            MomentKind::Time
        } else {
            self.take(|c| c.is_ascii_digit());
            for _ in 0..2 {
                if self.rest().starts_with('-') {
                    self.at += 1;
                    self.take(|c| c.is_ascii_digit());
                }
            }
            if self.eat("T") {
                self.clock();
                if !self.eat("Z") && self.rest().starts_with(['+', '-']) {
                    self.at += 1;
                    self.clock();
                }
                MomentKind::DateTime
            } else {
                MomentKind::Date
            }
        };
        let text = self.text.get(start..self.at).unwrap_or_default();
        // Neither a time nor a date ends in the letter; `@2015T` does, and means a dateTime of that precision.
        let text = text.strip_prefix('T').unwrap_or(text);
        let text = text.strip_suffix('T').unwrap_or(text);
        match super::moment::Moment::parse(text, kind) {
            Some(_) => Ok(Token::Moment(kind, text)),
            None => self.fail(start - 1, CompileFault::Moment),
        }
    }

    fn clock(&mut self) {
        self.take(|c| c.is_ascii_digit() || c == ':');
        self.fraction();
    }

    fn quoted(&mut self, quote: char) -> Result<String, CompileError> {
        let start = self.at;
        self.at += 1;
        let mut text = String::new();
        let mut rest = self.rest().chars();
        while let Some(c) = rest.next() {
            if c == quote {
                self.at = self.text.len() - rest.as_str().len();
                return Ok(text);
            }
            if c != '\\' {
                text.push(c);
                continue;
            }
            match rest.next() {
                Some('f') => text.push('\u{c}'),
                Some('n') => text.push('\n'),
                Some('r') => text.push('\r'),
                Some('t') => text.push('\t'),
                Some('u') => match unicode(rest.as_str()) {
                    Some(c) => {
                        text.push(c);
                        rest = rest.as_str().get(4..).unwrap_or_default().chars();
                    }
                    None => return self.fail(start, CompileFault::Expected("four hexadecimal digits after \\u")),
                },
                // Quotes, the backslash and the slash; other characters stand for themselves too.
                Some(other) => text.push(other),
                None => break,
            }
        }
        self.fail(start, CompileFault::Expected("closing quote"))
    }
}

fn is_name_start(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_'
}

fn unicode(text: &str) -> Option<char> {
    let digits = text.get(..4).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
    char::from_u32(u32::from_str_radix(digits, 16).ok()?)
}
