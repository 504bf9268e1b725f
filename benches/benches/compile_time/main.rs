//! How long crates with errors take to compile: ours, the same written by hand, and the enum alone.
//!
//! `cargo bench -p aura-errors-benches --bench compile_time` takes minutes, and is not part of `cargo
//! bench` without a name. Of each crate the last step alone is measured, its dependencies being built;
//! then a clean build of what each style depends on. With `-- rounds=5` the best of five counts instead
//! of three; `-- crates` or `-- clean` is one part only.
//!
//! Nothing is written but in a temporary folder, and nothing is downloaded.

use std::path::Path;
use std::{env, io};

#[path = "../../taxonomies/mod.rs"]
mod taxonomies;

mod clock;
mod styles;
mod workspace;

use self::styles::{Style, Types, agreement, own_types};
use self::workspace::{Mode, Taken, Workspace};

const SIZES: [usize; 3] = [10, 100, 1_000];

/// The size at which both are run and compared.
const AGREED: usize = 100;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    // `cargo test --benches` starts it too.
    if !arguments.iter().any(|argument| argument == "--bench") {
        println!("run it by `cargo bench -p aura-errors-benches --bench compile_time`");
        return Ok(());
    }
    let rounds =
        arguments.iter().find_map(|argument| argument.strip_prefix("rounds=")?.parse().ok()).unwrap_or(3);
    let wanted = |part: &str| {
        let named = arguments.iter().any(|argument| argument == part);
        named || !arguments.iter().any(|argument| argument == "crates" || argument == "clean")
    };
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the benches are a member");
    let aura_errors = format!("{{ path = {:?} }}", repository.join("aura-errors"));
    if wanted("crates") {
        crates(&Workspace::new(repository)?, &aura_errors, rounds)?;
    }
    if wanted("clean") {
        clean(&Workspace::new(repository)?, &aura_errors, rounds)?;
    }
    Ok(())
}

/// One crate that is measured, and what it took in each mode.
struct Crate {
    style: Style,
    size: usize,
    types: Types,
    taken: [Taken; Mode::ALL.len()],
}

fn crates(workspace: &Workspace, aura_errors: &str, rounds: usize) -> io::Result<()> {
    let sizes = SIZES.map(|size| (size, Types::Common)).into_iter().chain([(SIZES[2], Types::Own)]);
    let mut crates: Vec<Crate> = sizes
        .flat_map(|(size, types)| Style::ALL.map(|style| (style, size, types)))
        .map(|(style, size, types)| Crate { style, size, types, taken: [Taken::MAX; Mode::ALL.len()] })
        .collect();

    let mut members = vec!["types".to_owned(), "empty".to_owned(), "agreement".to_owned()];
    workspace.add(
        "types",
        "serde = { version = \"1\", features = [\"derive\"] }\n",
        "lib.rs",
        &own_types(SIZES[2]),
    )?;
    workspace.add("empty", "", "lib.rs", "")?;
    let agreeing = [Style::Ours, Style::ByHand]
        .map(|style| style.package(AGREED, Types::Common))
        .map(|name| format!("{name} = {{ path = \"../{name}\" }}\n"));
    let dependencies = format!("aura-errors = {aura_errors}\n{}", agreeing.concat());
    workspace.add("agreement", &dependencies, "main.rs", &agreement(AGREED))?;
    for Crate { style, size, types, .. } in &crates {
        let name = style.package(*size, *types);
        let types_path = if *types == Types::Own { "types = { path = \"../types\" }\n" } else { "" };
        let dependencies = style.dependencies(aura_errors) + types_path;
        workspace.add(&name, &dependencies, "lib.rs", &style.source(*size, *types))?;
        members.push(name);
    }
    workspace.members(&members)?;

    eprintln!("running both, which have to agree");
    workspace.run("agreement");
    for mode in Mode::ALL {
        eprintln!("building what they depend on: {}", mode.name());
        for Crate { style, size, types, .. } in &crates {
            workspace.build(mode, &style.package(*size, *types));
        }
    }
    let mut empty = [Taken::MAX; Mode::ALL.len()];
    for round in 1..=rounds {
        eprintln!("round {round} of {rounds}");
        for (at, mode) in Mode::ALL.into_iter().enumerate() {
            let measure = |name: &str| -> io::Result<Taken> {
                workspace.touch(name)?;
                Ok(workspace.build(mode, name))
            };
            empty[at] = empty[at].min(measure("empty")?);
            // Styles take turns: what slows the machine down for a while slows down all of them.
            for Crate { style, size, types, taken } in &mut crates {
                taken[at] = taken[at].min(measure(&style.package(*size, *types))?);
            }
        }
    }
    show(&crates, &empty);
    Ok(())
}

fn show(crates: &[Crate], empty: &[Taken]) {
    println!("Seconds by the clock (and of processors), the best of each.\n");
    let head: Vec<_> = Mode::ALL.iter().map(|mode| mode.name()).collect();
    println!("| errors | | {} |\n|---|---|---|---|---|", head.join(" | "));
    row("", "empty crate", empty);
    for one in crates {
        row(&sort(one.size, one.types), one.style.name(), &one.taken);
    }

    println!("\nOurs, as a ratio of the others (and of processors' time).\n");
    println!("| errors | | {} |\n|---|---|---|---|---|", head.join(" | "));
    for ours in crates.iter().filter(|one| one.style == Style::Ours) {
        let same =
            |one: &&Crate| one.size == ours.size && one.types == ours.types && one.style != Style::Ours;
        for other in crates.iter().filter(same) {
            let ratios = ours.taken.iter().zip(&other.taken).map(|(ours, other)| {
                let ratio = |ours: std::time::Duration, other: std::time::Duration| {
                    ours.as_secs_f64() / other.as_secs_f64()
                };
                format!("{:.2} ({:.2})", ratio(ours.wall, other.wall), ratio(ours.cpu, other.cpu))
            });
            let ratios: Vec<_> = ratios.collect();
            println!(
                "| {} | to {} | {} |",
                sort(ours.size, ours.types),
                other.style.name(),
                ratios.join(" | ")
            );
        }
    }

    println!("\nMilliseconds for each further error (and of processors).\n");
    println!("| errors | | {} |\n|---|---|---|---|---|", head.join(" | "));
    for pair in SIZES.windows(2) {
        for style in Style::ALL {
            let of = |size: usize| {
                crates.iter().find(|one| one.style == style && one.size == size && one.types == Types::Common)
            };
            let (Some(few), Some(many)) = (of(pair[0]), of(pair[1])) else { continue };
            let slopes = few.taken.iter().zip(&many.taken).map(|(few, many)| {
                let errors = (pair[1] - pair[0]) as f64;
                let slope = |few: std::time::Duration, many: std::time::Duration| {
                    (many.as_secs_f64() - few.as_secs_f64()) * 1_000.0 / errors
                };
                format!("{:.2} ({:.2})", slope(few.wall, many.wall), slope(few.cpu, many.cpu))
            });
            let slopes: Vec<_> = slopes.collect();
            println!("| {} to {} | {} | {} |", pair[0], pair[1], style.name(), slopes.join(" | "));
        }
    }
}

fn sort(size: usize, types: Types) -> String {
    if types == Types::Own { format!("{size}, a type for each field") } else { size.to_string() }
}

fn row(first: &str, second: &str, taken: &[Taken]) {
    let taken: Vec<_> = taken
        .iter()
        .map(|taken| format!("{:.2} ({:.2})", taken.wall.as_secs_f64(), taken.cpu.as_secs_f64()))
        .collect();
    println!("| {first} | {second} | {} |", taken.join(" | "));
}

/// Everything from nothing, as after a checkout.
fn clean(workspace: &Workspace, aura_errors: &str, rounds: usize) -> io::Result<()> {
    let trees = [
        ("aura-errors", format!("aura-errors = {aura_errors}\n")),
        (
            "thiserror, serde_json and http",
            "http = \"1\"\nserde_json = \"1\"\nthiserror = \"2\"\n".to_owned(),
        ),
        (
            "the same, with serde's derives",
            "http = \"1\"\nserde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\nthiserror = \"2\"\n"
                .to_owned(),
        ),
    ];
    let names: Vec<_> = (0..trees.len()).map(|tree| format!("tree_{tree}")).collect();
    for (name, (_, dependencies)) in names.iter().zip(&trees) {
        workspace.add(name, dependencies, "lib.rs", "")?;
    }
    workspace.members(&names)?;
    let mut best = vec![[Taken::MAX; Mode::ALL.len()]; trees.len()];
    for round in 1..=rounds {
        eprintln!("clean builds, round {round} of {rounds}");
        for (at, mode) in Mode::ALL.into_iter().enumerate() {
            for (name, best) in names.iter().zip(&mut best) {
                workspace.clean()?;
                best[at] = best[at].min(workspace.build(mode, name));
            }
        }
    }
    let head: Vec<_> = Mode::ALL.iter().map(|mode| mode.name()).collect();
    println!("\nClean builds, seconds by the clock (and of processors).\n");
    println!("| | {} |\n|---|---|---|---|", head.join(" | "));
    for ((what, _), taken) in trees.iter().zip(&best) {
        let taken: Vec<_> = taken
            .iter()
            .map(|taken| format!("{:.1} ({:.1})", taken.wall.as_secs_f64(), taken.cpu.as_secs_f64()))
            .collect();
        println!("| {what} | {} |", taken.join(" | "));
    }
    Ok(())
}
