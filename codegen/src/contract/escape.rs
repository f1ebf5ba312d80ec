//! How long C keeps a pointer, and under which conditions.

use super::condition::Condition;

/// How long C keeps the pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Escape {
    /// For the call.
    Call,
    /// Beyond it.
    Retained(Retention),
    /// It belongs to C now.
    Transfer {
        /// The function that frees it.
        free: Option<String>,
    },
    /// As the case may be; a case without conditions stands for all that is left.
    Cases(Vec<Case>),
}

/// Who keeps a pointer, and until when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retention {
    /// The handle that keeps it.
    pub by: Option<String>,
    /// The parameter that says in which of the handle's places: one call with it replaces another.
    pub at: Option<String>,
    /// The functions that end it; empty for ever.
    pub until: Vec<End>,
    /// Functions after which C does not look at it before it gets the handle again.
    pub idle_after: Vec<String>,
    /// Whether C lets go of it by these functions alone, as a pack says; what users write is taken to be all.
    pub is_whole: bool,
}

/// A function that ends what another one began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// Its name.
    pub function: String,
    /// Only where it succeeds.
    pub on_success: bool,
}

impl Retention {
    /// The functions that end it, by name.
    pub fn ends(&self) -> Vec<&str> {
        self.until.iter().map(|end| end.function.as_str()).collect()
    }
}

impl std::fmt::Display for End {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.function)?;
        if self.on_success { f.write_str("(on(success))") } else { Ok(()) }
    }
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
            Escape::Retained(kept) => Escape::Retained(Retention {
                by: kept.by.as_deref().map(rename),
                at: kept.at.as_deref().map(rename),
                ..kept.clone()
            }),
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
            Escape::Retained(kept) => kept.by.iter().chain(&kept.at).for_each(|name| visit(name)),
            Escape::Cases(cases) => {
                for case in cases {
                    for condition in &case.when {
                        if let Condition::Argument { name, .. } = condition {
                            visit(name);
                        }
                    }
                    case.escape.names(visit);
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
            Escape::Call | Escape::Retained(_) => false,
            Escape::Cases(cases) => cases.iter().any(|case| case.escape.may_transfer()),
        }
    }

    /// Whether C lets go of it at the end of the call, in every case.
    pub fn is_call(&self) -> bool {
        match self {
            Escape::Call => true,
            Escape::Retained(_) | Escape::Transfer { .. } => false,
            Escape::Cases(cases) => cases.iter().all(|case| case.escape.is_call()),
        }
    }
}

impl std::fmt::Display for Escape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Escape::Call => f.write_str("noescape"),
            Escape::Retained(Retention { by, at, until, idle_after, is_whole }) => {
                let mut words: Vec<String> = by.iter().map(|by| format!("by = {by}")).collect();
                words.extend(at.iter().map(|at| format!("at = {at}")));
                let ends: Vec<String> = until.iter().map(ToString::to_string).collect();
                words.push(if ends.is_empty() { "forever".into() } else { format!("until = [{}]", ends.join(", ")) });
                if !idle_after.is_empty() {
                    words.push(format!("idle_after = [{}]", idle_after.join(", ")));
                }
                if *is_whole {
                    words.push("whole".into());
                }
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
