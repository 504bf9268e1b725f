//! A workspace in a temporary folder, and cargo in it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs, io};

use crate::clock;

/// What cargo is asked to do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Check,
    Debug,
    Release,
}

impl Mode {
    pub(crate) const ALL: [Self; 3] = [Self::Check, Self::Debug, Self::Release];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Debug => "debug",
            Self::Release => "release",
        }
    }

    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Check => &["check"],
            Self::Debug => &["build"],
            Self::Release => &["build", "--release"],
        }
    }
}

/// What a command took: by the clock, and of processors, that of its children included.
#[derive(Clone, Copy)]
pub(crate) struct Taken {
    pub(crate) wall: Duration,
    pub(crate) cpu: Duration,
}

impl Taken {
    pub(crate) const MAX: Self = Self { wall: Duration::MAX, cpu: Duration::MAX };

    pub(crate) fn min(self, other: Self) -> Self {
        Self { wall: self.wall.min(other.wall), cpu: self.cpu.min(other.cpu) }
    }
}

/// Removed, with all that was built in it, when it is dropped.
pub(crate) struct Workspace {
    folder: PathBuf,
}

impl Workspace {
    /// The repository's own lock is taken over, so that the versions are the same.
    pub(crate) fn new(repository: &Path) -> io::Result<Self> {
        let folder = env::temp_dir().join(format!("aura-errors-compile-time-{}", std::process::id()));
        fs::create_dir(&folder)?;
        let new = Self { folder };
        fs::copy(repository.join("Cargo.lock"), new.folder.join("Cargo.lock"))?;
        Ok(new)
    }

    /// Names the members; all of them have to be there before cargo is called.
    pub(crate) fn members(&self, members: &[String]) -> io::Result<()> {
        let text = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n");
        fs::write(self.folder.join("Cargo.toml"), text)
    }

    /// Adds a crate; `file` is `lib.rs` or `main.rs`.
    pub(crate) fn add(&self, name: &str, dependencies: &str, file: &str, source: &str) -> io::Result<()> {
        let folder = self.folder.join(name);
        fs::create_dir_all(folder.join("src"))?;
        let manifest = format!(
            "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n{dependencies}"
        );
        fs::write(folder.join("Cargo.toml"), manifest)?;
        fs::write(folder.join("src").join(file), source)
    }

    /// Makes cargo build this crate anew.
    pub(crate) fn touch(&self, name: &str) -> io::Result<()> {
        let file = self.folder.join(name).join("src/lib.rs");
        let source = fs::read(&file)?;
        fs::write(file, source)
    }

    /// Removes all that was built.
    pub(crate) fn clean(&self) -> io::Result<()> {
        match fs::remove_dir_all(self.folder.join("target")) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    pub(crate) fn build(&self, mode: Mode, package: &str) -> Taken {
        self.cargo(mode.arguments(), package)
    }

    pub(crate) fn run(&self, package: &str) {
        self.cargo(&["run"], package);
    }

    /// # Panics
    ///
    /// If cargo fails: what does not compile, or does not agree, is not worth a figure.
    fn cargo(&self, arguments: &[&str], package: &str) -> Taken {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command
            .args(arguments)
            .args(["--quiet", "--offline", "--package", package])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env("CARGO_INCREMENTAL", "0")
            // A wrapper may hold the result already.
            .env("RUSTC_WRAPPER", "");
        let (cpu, start) = (clock::cpu_of_children(), Instant::now());
        let status = command.status().expect("cargo can be started");
        let taken = Taken { wall: start.elapsed(), cpu: clock::cpu_of_children().saturating_sub(cpu) };
        assert!(status.success(), "`cargo {}` failed for `{package}`", arguments.join(" "));
        taken
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.folder) {
            eprintln!("{} could not be removed: {error}", self.folder.display());
        }
    }
}
