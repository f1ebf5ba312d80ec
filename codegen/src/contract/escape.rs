//! How long C keeps a pointer, and under which conditions.

use super::condition::Condition;

/// How long C keeps the pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Escape {
    /// For the call.
    Call,
    /// Beyond it.
    Retained {
        /// The handle that keeps it.
        by: Option<String>,
        /// The functions that end it; empty for ever.
        until: Vec<String>,
    },
    /// It belongs to C now.
    Transfer {
        /// The function that frees it.
        free: Option<String>,
    },
    /// As the case may be; a case without conditions stands for all that is left.
    Cases(Vec<Case>),
}

/// What happens under some conditions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// All of them hold.
    pub when: Vec<Condition>,
    /// Then this happens.
    pub escape: Escape,
}

impl Escape {
    /// The same with parameters under other names.
    #[must_use]
    pub fn renamed(&self, rename: &impl Fn(&str) -> String) -> Self {
        match self {
            Escape::Retained { by, until } => Escape::Retained { by: by.as_deref().map(rename), until: until.clone() },
            Escape::Cases(cases) => Escape::Cases(
                cases
                    .iter()
                    .map(|case| Case {
                        when: case.when.iter().map(|condition| condition.renamed(rename)).collect(),
                        escape: case.escape.renamed(rename),
                    })
                    .collect(),
            ),
            other => other.clone(),
        }
    }

    /// Every parameter that is named.
    pub fn names<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        match self {
            Escape::Call | Escape::Transfer { .. } => {}
            Escape::Retained { by, .. } => by.iter().for_each(|by| visit(by)),
            Escape::Cases(cases) => {
                for case in cases {
                    for condition in &case.when {
                        if let Condition::Argument { name, .. } = condition {
                            visit(name);
                        }
                    }
                    if let Escape::Retained { by: Some(by), .. } = &case.escape {
                        visit(by);
                    }
                }
            }
        }
    }

    /// This in its cases, and the other in its own.
    #[must_use]
    pub fn or_else(self, other: Escape) -> Self {
        let cases = |escape| match escape {
            Escape::Cases(cases) => cases,
            always => vec![Case { when: Vec::new(), escape: always }],
        };
        let mut all = cases(self);
        all.extend(cases(other));
        // What holds always stands for the rest, so it comes last.
        all.sort_by_key(|case| case.when.is_empty());
        Escape::Cases(all)
    }

    /// Whether it belongs to C afterwards, in some case.
    pub fn may_transfer(&self) -> bool {
        match self {
            Escape::Transfer { .. } => true,
            Escape::Call | Escape::Retained { .. } => false,
            Escape::Cases(cases) => cases.iter().any(|case| case.escape.may_transfer()),
        }
    }

    /// Whether C lets go of it at the end of the call, in every case.
    pub fn is_call(&self) -> bool {
        match self {
            Escape::Call => true,
            Escape::Retained { .. } | Escape::Transfer { .. } => false,
            Escape::Cases(cases) => cases.iter().all(|case| case.escape.is_call()),
        }
    }
}

impl std::fmt::Display for Escape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Escape::Call => f.write_str("noescape"),
            Escape::Retained { by, until } => {
                let mut words: Vec<String> = by.iter().map(|by| format!("by = {by}")).collect();
                words.push(if until.is_empty() { "forever".into() } else { format!("until = [{}]", until.join(", ")) });
                write!(f, "retained({})", words.join(", "))
            }
            Escape::Transfer { free: Some(free) } => write!(f, "transfer(free = {free})"),
            Escape::Transfer { free: None } => f.write_str("transfer"),
            Escape::Cases(cases) => {
                for (number, case) in cases.iter().enumerate() {
                    let when: Vec<String> = case.when.iter().map(ToString::to_string).collect();
                    let separator = if number == 0 { "" } else { "; " };
                    write!(f, "{separator}{}", case.escape)?;
                    if !when.is_empty() {
                        write!(f, " when {}", when.join(" and "))?;
                    }
                }
                Ok(())
            }
        }
    }
}
