//! Pratt parser: expression text to tree.

use super::MAX_HEIGHT;
use super::error::{CompileError, CompileFault};
use super::fixed;
use super::lexer::{Lexer, Token};
use super::pattern::Pattern;
use super::syntax::{Expr, Function, Namespace, Operator, Regular, TypeName};

/// An expression and how many levels it has.
type Part = (Expr, usize);
type Parsed<T> = Result<T, CompileError>;

pub(super) fn parse(text: &str) -> Parsed<Expr> {
    let mut parser = Parser { lexer: Lexer::new(text), at: 0, token: Token::End, depth: 0 };
    parser.advance()?;
    let (expr, _) = parser.expression(0)?;
    match parser.token {
        Token::End => Ok(expr),
        _ => parser.expected("operator or end"),
    }
}

struct Parser<'s> {
    lexer: Lexer<'s>,
    /// The next token and its position.
    token: Token<'s>,
    at: usize,
    depth: usize,
}

/// Binding power of unary plus and minus: tighter than every infix operator.
const UNARY: u8 = 12;

#[derive(Clone, Copy)]
enum Infix {
    And,
    Or,
    Is,
    As,
    Binary(Operator),
}

fn infix(token: &Token<'_>) -> Option<(u8, Infix)> {
    use Operator::*;
    let (power, operator) = match token {
        Token::Name(word) => match *word {
            "implies" => (1, Implies),
            "or" => return Some((2, Infix::Or)),
            "xor" => (2, Xor),
            "and" => return Some((3, Infix::And)),
            "in" => (4, In),
            "contains" => (4, Contains),
            "is" => return Some((8, Infix::Is)),
            "as" => return Some((8, Infix::As)),
            "div" => (10, Div),
            "mod" => (10, Mod),
            _ => return None,
        },
        Token::Symbol(symbol) => match *symbol {
            "=" => (5, Equal),
            "!=" => (5, NotEqual),
            "~" => (5, Equivalent),
            "!~" => (5, NotEquivalent),
            "<" => (6, Less),
            "<=" => (6, LessOrEqual),
            ">" => (6, Greater),
            ">=" => (6, GreaterOrEqual),
            "|" => (7, Union),
            "+" => (9, Add),
            "-" => (9, Subtract),
            "&" => (9, Concatenate),
            "*" => (10, Multiply),
            "/" => (10, Divide),
            _ => return None,
        },
        _ => return None,
    };
    Some((power, Infix::Binary(operator)))
}

impl<'s> Parser<'s> {
    /// Takes the next token and reads the one after it.
    fn advance(&mut self) -> Parsed<Token<'s>> {
        let (at, token) = self.lexer.next()?;
        self.at = at;
        Ok(std::mem::replace(&mut self.token, token))
    }

    fn fail<T>(&self, what: CompileFault) -> Parsed<T> {
        Err(CompileError { position: self.at, what })
    }

    fn expected<T>(&self, what: &'static str) -> Parsed<T> {
        self.fail(CompileFault::Expected(what))
    }

    fn is_symbol(&self, symbol: &str) -> bool {
        matches!(&self.token, Token::Symbol(found) if *found == symbol)
    }

    fn eat(&mut self, symbol: &str) -> Parsed<bool> {
        let found = self.is_symbol(symbol);
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    fn demand(&mut self, symbol: &'static str) -> Parsed<()> {
        if self.eat(symbol)? { Ok(()) } else { self.expected(symbol) }
    }

    /// A node above parts of that many levels.
    fn above(&self, expr: Expr, height: usize) -> Parsed<Part> {
        if height >= MAX_HEIGHT { self.fail(CompileFault::TooDeep) } else { Ok((expr, height + 1)) }
    }

    fn expression(&mut self, least: u8) -> Parsed<Part> {
        self.depth += 1;
        if self.depth > MAX_HEIGHT {
            return self.fail(CompileFault::TooDeep);
        }
        let mut left = self.prefix()?;
        while let Some((power, operator)) = infix(&self.token) {
            if power <= least {
                break;
            }
            self.advance()?;
            left = self.joined(left, operator, power)?;
        }
        self.depth -= 1;
        Ok(left)
    }

    fn joined(&mut self, (left, height): Part, operator: Infix, power: u8) -> Parsed<Part> {
        if matches!(operator, Infix::Is | Infix::As) {
            let name = self.type_name()?;
            let expr = match operator {
                Infix::Is => Expr::Is(Box::new(left), name),
                _ => Expr::OfType(Box::new(left), name),
            };
            return self.above(expr, height);
        }
        let (right, other) = self.expression(power)?;
        let flat = match operator {
            Infix::And => chain(left, right, Expr::And, |e| if let Expr::And(all) = e { Ok(all) } else { Err(e) }),
            Infix::Or => chain(left, right, Expr::Or, |e| if let Expr::Or(all) = e { Ok(all) } else { Err(e) }),
            Infix::Binary(operator) => Expr::Binary(operator, Box::new(left), Box::new(right)),
            Infix::Is | Infix::As => left,
        };
        // A chain that grew is no higher than before.
        let under = match &flat {
            Expr::And(all) | Expr::Or(all) if all.len() > 2 => height.saturating_sub(1),
            _ => height,
        };
        self.above(flat, under.max(other))
    }

    fn prefix(&mut self) -> Parsed<Part> {
        if self.is_symbol("-") {
            self.advance()?;
            let (expr, height) = self.expression(UNARY)?;
            return self.above(Expr::Negative(Box::new(expr)), height);
        }
        if self.is_symbol("+") {
            self.advance()?;
            return self.expression(UNARY);
        }
        let mut left = self.term()?;
        loop {
            if self.eat(".")? {
                left = self.invocation(left)?;
            } else if self.eat("[")? {
                let (index, height) = self.expression(0)?;
                self.demand("]")?;
                left = self.above(Expr::Item(Box::new(left.0), Box::new(index)), left.1.max(height))?;
            } else {
                return Ok(left);
            }
        }
    }

    fn term(&mut self) -> Parsed<Part> {
        let position = self.at;
        let expr = match self.advance()? {
            Token::Symbol("(") => {
                let inner = self.expression(0)?;
                self.demand(")")?;
                return self.above(inner.0, inner.1).map(|(expr, _)| (expr, inner.1));
            }
            Token::Symbol("{") => {
                self.demand("}")?;
                Expr::Empty
            }
            Token::Text(text) => Expr::Text(text.into()),
            Token::Number(digits) => self.number(digits)?,
            Token::Moment(kind, text) => Expr::Moment(kind, text.into()),
            Token::Name("true") => Expr::Boolean(true),
            Token::Name("false") => Expr::Boolean(false),
            Token::Variable(name) => variable(position, &name)?,
            Token::Special("this") => Expr::This,
            Token::Special("index") => Expr::Index,
            Token::Special("total") => Expr::Total,
            Token::Name(name) if self.is_symbol("(") => return self.call((Expr::This, 1), name, position),
            // `is`, `as`, `in` and `contains` are names too; the other operators are not.
            Token::Name(name) if !matches!(name, "and" | "or" | "xor" | "implies" | "div" | "mod") => {
                Expr::Head(name.into())
            }
            Token::Quoted(name) => Expr::Head(name.into()),
            _ => return Err(CompileError { position, what: CompileFault::Expected("value") }),
        };
        Ok((expr, 1))
    }

    /// A number, or a quantity when a unit follows.
    fn number(&mut self, digits: &str) -> Parsed<Expr> {
        if let Token::Text(unit) = &self.token {
            let quantity = Expr::Quantity(digits.into(), unit.as_str().into());
            self.advance()?;
            return Ok(quantity);
        }
        if let Token::Name(word) = &self.token
            && let Some(unit) = calendar_unit(word)
        {
            self.advance()?;
            return Ok(Expr::Quantity(digits.into(), unit.into()));
        }
        match digits.parse() {
            Ok(integer) => Ok(Expr::Integer(integer)),
            Err(_) => Ok(Expr::Decimal(digits.into())),
        }
    }

    /// What follows a point.
    fn invocation(&mut self, input: Part) -> Parsed<Part> {
        let position = self.at;
        match self.advance()? {
            Token::Name(name) if self.is_symbol("(") => self.call(input, name, position),
            Token::Name(name) => self.above(Expr::Child(Box::new(input.0), name.into()), input.1),
            Token::Quoted(name) => self.above(Expr::Child(Box::new(input.0), name.into()), input.1),
            _ => Err(CompileError { position, what: CompileFault::Expected("name") }),
        }
    }

    fn call(&mut self, (input, height): Part, name: &str, position: usize) -> Parsed<Part> {
        self.demand("(")?;
        let input = Box::new(input);
        match name {
            "is" | "as" | "ofType" => {
                let type_name = self.type_name()?;
                self.demand(")")?;
                let expr = if name == "is" { Expr::Is(input, type_name) } else { Expr::OfType(input, type_name) };
                return self.above(expr, height);
            }
            _ => {}
        }
        let (arguments, highest) = self.arguments()?;
        let given = arguments.len();
        let wrong = |function| Err(CompileError { position, what: CompileFault::Arguments { function, given } });
        let mut arguments = arguments.into_iter();
        let expr = match name {
            "matches" => match (arguments.next(), arguments.next()) {
                (Some(pattern), None) => Expr::Matches(input, regular(pattern, position)?),
                _ => return wrong("matches"),
            },
            "replaceMatches" => match (arguments.next(), arguments.next(), arguments.next()) {
                (Some(pattern), Some(with), None) => {
                    Expr::ReplaceMatches(input, regular(pattern, position)?, Box::new(with))
                }
                _ => return wrong("replaceMatches"),
            },
            _ => match Function::find(name) {
                None => return Err(CompileError { position, what: CompileFault::UnknownFunction(name.to_owned()) }),
                Some((_, name, least, most)) if !(least..=most).contains(&given) => return wrong(name),
                Some((function @ (Function::All | Function::Exists | Function::Where), ..)) => {
                    Expr::Call(input, function, arguments.map(fixed::mark).collect())
                }
                Some((function, ..)) => Expr::Call(input, function, arguments.collect()),
            },
        };
        self.above(expr, height.max(highest))
    }

    /// Up to the closing parenthesis, with the levels of the highest.
    fn arguments(&mut self) -> Parsed<(Vec<Expr>, usize)> {
        let mut arguments = Vec::new();
        let mut highest = 0;
        if self.eat(")")? {
            return Ok((arguments, highest));
        }
        loop {
            let (expr, height) = self.expression(0)?;
            arguments.push(expr);
            highest = highest.max(height);
            if self.eat(")")? {
                return Ok((arguments, highest));
            }
            self.demand(",")?;
        }
    }

    fn type_name(&mut self) -> Parsed<TypeName> {
        let first = self.name("type")?;
        let namespace = match first.as_str() {
            "FHIR" => Namespace::Fhir,
            "System" => Namespace::System,
            _ => return Ok(TypeName { namespace: Namespace::Any, name: first.into() }),
        };
        self.demand(".")?;
        Ok(TypeName { namespace, name: self.name("type")?.into() })
    }

    fn name(&mut self, what: &'static str) -> Parsed<String> {
        match &self.token {
            Token::Name(_) | Token::Quoted(_) => {}
            _ => return self.expected(what),
        }
        match self.advance()? {
            Token::Name(name) => Ok(name.to_owned()),
            Token::Quoted(name) => Ok(name),
            _ => self.expected(what),
        }
    }
}

fn chain(
    left: Expr,
    right: Expr,
    make: impl Fn(Vec<Expr>) -> Expr,
    open: impl Fn(Expr) -> Result<Vec<Expr>, Expr>,
) -> Expr {
    match open(left) {
        Ok(mut all) => {
            all.push(right);
            make(all)
        }
        Err(left) => make(vec![left, right]),
    }
}

fn regular(pattern: Expr, position: usize) -> Parsed<Regular> {
    match pattern {
        Expr::Text(text) => match Pattern::new(&text) {
            Ok(pattern) => Ok(Regular::Fixed(pattern)),
            Err(why) => Err(CompileError { position, what: CompileFault::Pattern(why) }),
        },
        other => Ok(Regular::Computed(Box::new(other))),
    }
}

fn variable(position: usize, name: &str) -> Parsed<Expr> {
    let url = |url: &str| Ok(Expr::Text(url.into()));
    match name {
        "context" => Ok(Expr::Context),
        "resource" => Ok(Expr::Resource),
        "rootResource" => Ok(Expr::RootResource),
        "ucum" => url("http://unitsofmeasure.org"),
        "sct" => url("http://snomed.info/sct"),
        "loinc" => url("http://loinc.org"),
        _ => match (name.strip_prefix("vs-"), name.strip_prefix("ext-")) {
            (Some(set), _) => url(&format!("http://hl7.org/fhir/ValueSet/{set}")),
            (_, Some(extension)) => url(&format!("http://hl7.org/fhir/StructureDefinition/{extension}")),
            _ => Err(CompileError { position, what: CompileFault::UnknownVariable(name.to_owned()) }),
        },
    }
}

/// The UCUM code of a calendar word, as far as the two agree.
fn calendar_unit(word: &str) -> Option<&'static str> {
    Some(match word.strip_suffix('s').unwrap_or(word) {
        "year" => "a",
        "month" => "mo",
        "week" => "wk",
        "day" => "d",
        "hour" => "h",
        "minute" => "min",
        "second" => "s",
        "millisecond" => "ms",
        _ => return None,
    })
}
