//! Differences as a text for people.

use std::fmt;

use super::compare::Difference;
use super::file::Accepted;
use super::line::Line;
use super::rules::Severity;

/// All differences between a lock and the state now.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Report {
    /// The worst first.
    pub differences: Vec<Difference>,
}

impl Report {
    /// A report of these differences.
    #[must_use]
    pub fn new(differences: Vec<Difference>) -> Self {
        Self { differences }
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.differences.is_empty()
    }

    /// The worst severity; `None` where nothing changed.
    #[must_use]
    pub fn severity(&self) -> Option<Severity> {
        self.differences.iter().map(Difference::severity).max()
    }

    /// The differences of a severity.
    pub fn of(&self, severity: Severity) -> impl Iterator<Item = &Difference> {
        self.differences.iter().filter(move |difference| difference.severity() == severity)
    }

    /// What to write into `accepted` of the lock to accept a difference, but for the reason.
    #[must_use]
    pub fn acceptance(difference: &Difference) -> Accepted {
        Accepted {
            rule: difference.rule.id().to_owned(),
            at: difference.at.clone(),
            from: difference.from.clone(),
            to: difference.to.clone(),
            reason: String::new(),
        }
    }
}

/// On one line: the rule, the place, and both values.
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<8} {} at `{}`", self.severity(), self.rule, Line::value(&self.at))?;
        match (&self.from, &self.to) {
            (Some(from), Some(to)) => write!(f, ": {} is now {}", Line::value(from), Line::value(to)),
            (Some(from), None) => write!(f, ": {} is gone", Line::value(from)),
            (None, Some(to)) => write!(f, ": {} is new", Line::value(to)),
            (None, None) => Ok(()),
        }
    }
}

/// A line of counts, then every difference with what to do about it.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("nothing changed");
        }
        for (index, severity) in
            [Severity::Breaking, Severity::Notice, Severity::Free].into_iter().enumerate()
        {
            let comma = if index > 0 { ", " } else { "" };
            write!(f, "{comma}{} {severity}", self.of(severity).count())?;
        }
        for difference in &self.differences {
            write!(f, "\n\n{difference}\n")?;
            match &difference.accepted {
                Some(reason) => write!(f, "         Accepted: {}", Line::message(reason))?,
                None => write!(f, "         {}", difference.rule.advice())?,
            }
        }
        Ok(())
    }
}
