//! Workflow commands of GitHub Actions, which become annotations of a change.
//!
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>

use std::env;
use std::path::Path;

/// How much an annotation matters.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Level {
    Error,
    Warning,
    Notice,
}

impl Level {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Notice => "notice",
        }
    }
}

/// One annotation, on a line of its own.
pub(crate) fn annotation(level: Level, file: Option<&Path>, title: &str, message: &str) -> String {
    let file = file.map(|file| format!("file={},", property(&in_repository(file)))).unwrap_or_default();
    format!("::{} {file}title={}::{}\n", level.as_str(), property(title), data(message))
}

/// The path as annotations want it: from the top of the repository, wherever the step runs.
fn in_repository(file: &Path) -> String {
    let inside = env::var_os("GITHUB_WORKSPACE").and_then(|top| {
        let top = Path::new(&top).canonicalize().ok()?;
        Some(file.canonicalize().ok()?.strip_prefix(top).ok()?.to_owned())
    });
    inside.as_deref().unwrap_or(file).display().to_string().replace('\\', "/")
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_property_or_the_line_is_escaped() {
        assert_eq!(
            annotation(
                Level::Error,
                Some(Path::new("a,b:c.json")),
                "50% off: now, or never",
                "a: b,\r\nc%0A"
            ),
            "::error file=a%2Cb%3Ac.json,title=50%25 off%3A now%2C or never::a: b,%0D%0Ac%250A\n"
        );
    }

    #[test]
    fn without_a_file_there_is_only_a_title() {
        assert_eq!(annotation(Level::Notice, None, "t", "m"), "::notice title=t::m\n");
    }
}
