//! Documents from the lock.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use aura_errors_docs::model::Taxonomy;
use aura_errors_docs::page::Page;
use aura_errors_docs::{Json, Lock, json_schema, openapi, python, typescript};

use crate::args::{self, Render, Target};
use crate::failure::Failure;
use crate::source::Source;
use crate::terminal::Output;

/// `render`
pub(crate) fn run(render: &Render) -> Result<Output, Failure> {
    let (Render::Markdown { target, .. }
    | Render::Html { target, .. }
    | Render::Openapi { target, .. }
    | Render::JsonSchema { target, .. }
    | Render::Typescript { target }
    | Render::Python { target }) = render;
    let document = document(render, target.lock.read()?)?;
    match target.output.as_deref().filter(|file| *file != Path::new("-")) {
        None => Ok(Output::verbatim(document)),
        Some(file) if target.check => check(file, &document),
        Some(file) => write(target, file, &document),
    }
}

fn document(render: &Render, lock: Lock) -> Result<String, Failure> {
    let taxonomy = lock.taxonomy;
    Ok(match render {
        Render::Markdown { page, .. } => page_of(page, taxonomy).markdown(),
        Render::Html { page, .. } => page_of(page, taxonomy).html(),
        Render::Openapi { api_version, .. } => text(&openapi::document(&taxonomy, api_version)),
        Render::Typescript { .. } => typescript::render(&taxonomy),
        Render::Python { .. } => python::render(&taxonomy),
        Render::JsonSchema { base, .. } => match json_schema::bundle(&taxonomy, base) {
            Some(schema) => text(&schema),
            None => {
                return Err(Failure::trouble(format!("no error of `{}` has a JSON body", taxonomy.name)));
            }
        },
    })
}

fn text(json: &Json) -> String {
    json.pretty() + "\n"
}

fn page_of(args: &args::Page, taxonomy: Taxonomy) -> Page {
    let mut page = Page::new(taxonomy);
    if let Some(title) = &args.title {
        page = page.title(title);
    }
    args.success.iter().fold(page, |page, (status, meaning)| page.success(*status, meaning))
}

fn check(file: &Path, document: &str) -> Result<Output, Failure> {
    let shown = file.display();
    let tip = "the same command without `--check` writes it".to_owned();
    let there = match fs::read_to_string(file) {
        // Version control may have changed the ends of lines.
        Ok(text) => text.replace("\r\n", "\n"),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(Failure::not_found(format!("there is no file `{shown}`")).tip(tip));
        }
        Err(error) => return Err(Failure::trouble(format!("`{shown}` cannot be read: {error}"))),
    };
    if there == document {
        return Ok(Output::styled(String::new()));
    }
    let same = there.lines().zip(document.lines()).take_while(|(there, now)| there == now).count();
    Err(Failure::not_found(format!("`{shown}` is stale from line {} on", same + 1)).tip(tip))
}

fn write(target: &Target, file: &Path, document: &str) -> Result<Output, Failure> {
    let shown = file.display();
    if is_same(&target.lock, file) {
        return Err(Failure::trouble(format!("`{shown}` is the lock itself; name another file")));
    }
    if file.is_dir() {
        return Err(Failure::trouble(format!("`{shown}` is a folder; name a file in it")));
    }
    // What is up to date keeps its time stamp, for tools that build by it.
    if fs::read(file).is_ok_and(|there| there == document.as_bytes()) {
        return Ok(Output::styled(String::new()));
    }
    fs::write(file, document)
        .map_err(|error| Failure::trouble(format!("`{shown}` cannot be written: {error}")))?;
    Ok(Output::styled(String::new()))
}

fn is_same(lock: &Source, file: &Path) -> bool {
    let Source::File(lock) = lock else { return false };
    matches!((lock.canonicalize(), file.canonicalize()), (Ok(lock), Ok(file)) if lock == file)
}
