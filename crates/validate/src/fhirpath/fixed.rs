//! What a criterion asks of the resource and not of the item at hand, such as `%resource.type = 'batch'` in
//! `entry.all(request.exists() = (%resource.type = 'batch'))`: the answer is the same for every item, and is worked out once.

use super::syntax::{Expr, Function, Operator};

/// Marks such parts of a criterion.
pub(super) fn mark(criterion: Expr) -> Expr {
    let all = |parts: Vec<Expr>| parts.into_iter().map(mark).collect();
    match criterion {
        expr if is_question(&expr) && is_fixed(&expr) => Expr::Once(Box::new(expr)),
        Expr::And(parts) => Expr::And(all(parts)),
        Expr::Or(parts) => Expr::Or(all(parts)),
        Expr::Binary(operator, left, right) if is_relation(operator) => {
            Expr::Binary(operator, Box::new(mark(*left)), Box::new(mark(*right)))
        }
        Expr::Call(input, Function::Not, none) => Expr::Call(Box::new(mark(*input)), Function::Not, none),
        other => other,
    }
}

/// Whether it is answered by yes, no or nothing.
fn is_question(expr: &Expr) -> bool {
    match expr {
        Expr::And(_) | Expr::Or(_) => true,
        Expr::Binary(operator, ..) => is_relation(*operator),
        Expr::Call(_, function, _) => matches!(function, Function::Exists | Function::Empty | Function::Not),
        _ => false,
    }
}

fn is_relation(operator: Operator) -> bool {
    use Operator::*;
    matches!(operator, Xor | Implies | Equal | NotEqual | Equivalent | NotEquivalent)
}

/// Whether it begins nowhere but at the resource.
fn is_fixed(expr: &Expr) -> bool {
    match expr {
        Expr::Empty | Expr::Boolean(_) | Expr::Integer(_) | Expr::Text(_) => true,
        Expr::Resource | Expr::RootResource | Expr::Once(_) => true,
        Expr::Child(base, _) => is_fixed(base),
        Expr::And(parts) | Expr::Or(parts) => parts.iter().all(is_fixed),
        Expr::Binary(operator, left, right) => is_relation(*operator) && is_fixed(left) && is_fixed(right),
        Expr::Call(input, function, arguments) => {
            matches!(function, Function::Exists | Function::Empty | Function::Not)
                && is_fixed(input)
                && arguments.iter().all(is_fixed)
        }
        _ => false,
    }
}
