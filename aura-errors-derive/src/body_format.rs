//! `body_format!`, which names a template, and `ready_made!`, which the runtime crate uses for its
//! own.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::parse::discouraged::Speculative;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Error, Ident, LitStr, Path, Result, Token, Visibility, parse_quote};

use crate::attr::value::module;
use crate::template::ast::{Alternative, Body, Node};
use crate::template::emit;
use crate::template::parse::parse_body;
use crate::template::ready::{Ready, ReadyKind};
use crate::template::show::show;
use crate::template::suggest::closest;
use crate::template::tokens::{Errors, skip_until, unexpected};

/// `body_format! { /// docs  pub Acme = { … }, content_type = "…", crate = path; … }`
pub(crate) fn expand_body_format(input: TokenStream) -> TokenStream {
    expand(input, expand_named)
}

/// `ready_made! { /// docs  pub struct Aura = aura; … }`
pub(crate) fn expand_ready_made(input: TokenStream) -> TokenStream {
    expand(input, expand_ready)
}

/// One definition up to its body.
struct Header {
    attrs: Vec<Attribute>,
    vis: Visibility,
    name: Ident,
}

/// What may follow the body.
struct Tail {
    content_type: Option<LitStr>,
    krate: Path,
}

/// What a definition is turned into.
struct Format {
    header: Header,
    krate: Path,
    /// An expression of type `Template`.
    template: TokenStream,
    content_type: Option<String>,
    /// The template for the documentation.
    text: Option<String>,
}

fn expand(input: TokenStream, one: fn(Header, ParseStream<'_>) -> TokenStream) -> TokenStream {
    let definitions = |input: ParseStream<'_>| {
        let mut out = TokenStream::new();
        while !input.is_empty() {
            // Brackets that syn gave up inside of would be reported again; a fork forgets them.
            let ahead = input.fork();
            match parse_header(&ahead) {
                Ok(header) => {
                    input.advance_to(&ahead);
                    out.extend(one(header, input));
                }
                Err(error) => {
                    out.extend(error.into_compile_error());
                    skip_until(input, at_semicolon);
                }
            }
            if !input.is_empty() {
                input.parse::<Token![;]>()?;
            }
        }
        Ok(out)
    };
    definitions.parse2(input).unwrap_or_else(Error::into_compile_error)
}

fn at_semicolon(input: ParseStream<'_>) -> bool {
    input.peek(Token![;])
}

fn parse_header(input: ParseStream<'_>) -> Result<Header> {
    let attrs = input.call(Attribute::parse_outer)?;
    let vis = input.parse()?;
    // Optional, so that the same words serve in both macros.
    input.parse::<Option<Token![struct]>>()?;
    if !input.peek(Ident) {
        return Err(unexpected(
            input,
            "expected the name of a body format, as in `pub Acme = { \"error\": message }`",
        ));
    }
    let name: Ident = input.parse()?;
    if !input.peek(Token![=]) {
        let message = format!("expected `=` and a template; write `{name} = {{ … }}`");
        return Err(if input.is_empty() {
            Error::new_spanned(name, message)
        } else {
            unexpected(input, &message)
        });
    }
    input.parse::<Token![=]>()?;
    Ok(Header { attrs, vis, name })
}

fn expand_named(header: Header, input: ParseStream<'_>) -> TokenStream {
    let mut errors = Errors::default();
    let start = input.span();
    let body = parse_body(input).and_then(|body| single_template(body, start));
    let node = errors.take(body);
    let tail = parse_tail(input, &mut errors);
    let krate = tail.krate;
    let template = match &node {
        Some(node) => emit::template(node, &krate),
        // The errors are reported; whoever uses the format gets no second one.
        None => quote!(#krate::__private::Template::Anything),
    };
    let content_type = tail.content_type.map(|literal| literal.value());
    let format = Format {
        header,
        krate,
        template,
        content_type: Some(content_type.unwrap_or_else(|| "application/json".to_owned())),
        text: node.as_ref().map(show),
    };
    finish(format, errors)
}

/// `start` is where the body starts: ready-made bodies are shared and carry no span.
fn single_template(body: Body, start: Span) -> Result<Node> {
    let mut alternatives = body.alternatives.into_iter();
    let (first, second) = (alternatives.next(), alternatives.next());
    if let Some(second) = second {
        let message =
            "a body format is one template; write the alternatives where it is used, as in `body = A | B`";
        return Err(match second {
            Alternative::Inline(node) => Error::new(node.span, message),
            Alternative::Named(ty) => Error::new_spanned(ty, message),
            Alternative::Ready(_) => Error::new(start, message),
        });
    }
    match first {
        Some(Alternative::Inline(node)) => Ok(node),
        Some(Alternative::Ready(ready)) => Err(Error::new(
            start,
            format!(
                "`{0}` has a name already; write `body = {0}` where it is used, or its template here",
                ready.name
            ),
        )),
        Some(Alternative::Named(ty)) => Err(Error::new_spanned(
            ty,
            "a type has a name already; write it where the body is used, or a template here",
        )),
        None => Err(Error::new(start, "expected a template")),
    }
}

fn parse_tail(input: ParseStream<'_>, errors: &mut Errors) -> Tail {
    let mut content_type = None;
    let mut krate = None;
    while input.peek(Token![,]) {
        errors.take(input.parse::<Token![,]>());
        if input.is_empty() || at_semicolon(input) {
            break;
        }
        let setting = parse_setting(input, &mut content_type, &mut krate);
        let failed = setting.is_err();
        errors.take(setting);
        let ends = |input: ParseStream<'_>| input.peek(Token![,]) || input.peek(Token![;]);
        if !failed && !input.is_empty() && !ends(input) {
            errors.push(unexpected(input, "unexpected token; write `;` before another body format"));
        }
        skip_until(input, ends);
    }
    Tail { content_type, krate: krate.unwrap_or_else(|| parse_quote!(::aura_errors)) }
}

fn parse_setting(
    input: ParseStream<'_>,
    content_type: &mut Option<LitStr>,
    krate: &mut Option<Path>,
) -> Result<()> {
    let key = input.call(Ident::parse_any)?;
    let name = key.unraw().to_string();
    match name.as_str() {
        "content_type" => {
            input.parse::<Token![=]>()?;
            let value: LitStr = input.parse()?;
            check_media_type(&value)?;
            set_once(content_type, value, &key)
        }
        "crate" => {
            input.parse::<Token![=]>()?;
            let value = input.call(module)?;
            set_once(krate, value, &key)
        }
        _ => {
            let advice = match closest(&name, ["content_type", "crate"]) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "use `content_type` or `crate`".to_owned(),
            };
            Err(Error::new_spanned(key, format!("unknown key `{name}`; {advice}")))
        }
    }
}

fn set_once<T>(place: &mut Option<T>, value: T, key: &Ident) -> Result<()> {
    if place.is_some() {
        return Err(Error::new_spanned(key, format!("duplicate `{key}`; remove one")));
    }
    *place = Some(value);
    Ok(())
}

/// Roughly RFC 9110, section 8.3.1: what matters is that it fits in a header and is not a slip.
fn check_media_type(literal: &LitStr) -> Result<()> {
    let value = literal.value();
    let essence = value.split(';').next().unwrap_or_default().trim_end();
    let token = |part: &str| {
        let visible = |byte: u8| byte.is_ascii_graphic() && !b"\"(),/:;<=>?@[\\]{}".contains(&byte);
        !part.is_empty() && part.bytes().all(visible)
    };
    let named = essence.split_once('/').is_some_and(|(kind, subtype)| token(kind) && token(subtype));
    if named && value.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Ok(());
    }
    Err(Error::new_spanned(
        literal,
        format!("`{value:?}` is not a media type; write one such as `\"application/json\"`"),
    ))
}

fn expand_ready(header: Header, input: ParseStream<'_>) -> TokenStream {
    let ready = match parse_body(input).and_then(|body| single_ready(body, &header.name)) {
        Ok(ready) => ready,
        Err(error) => {
            skip_until(input, at_semicolon);
            return error.into_compile_error();
        }
    };
    let krate = parse_quote!(::aura_errors);
    let format = Format {
        template: emit::ready_template(ready, &krate),
        krate,
        content_type: ready.content_type.map(str::to_owned),
        text: match ready.kind {
            ReadyKind::Json(_) => ready.node().as_ref().map(show),
            ReadyKind::Text | ReadyKind::Empty | ReadyKind::Anything => None,
        },
        header,
    };
    finish(format, Errors::default())
}

fn single_ready(body: Body, name: &Ident) -> Result<&'static Ready> {
    match body.alternatives.as_slice() {
        [Alternative::Ready(ready)] if name == ready.type_name => Ok(ready),
        [Alternative::Ready(ready)] => {
            Err(Error::new_spanned(name, format!("the type of `{}` is `{}`", ready.name, ready.type_name)))
        }
        _ => Err(Error::new_spanned(name, "expected a ready-made body")),
    }
}

fn finish(format: Format, errors: Errors) -> TokenStream {
    let errors = errors.finish(()).err().map(Error::into_compile_error);
    let Format { header: Header { attrs, vis, name }, krate, template, content_type, text } = format;
    let docs = document(text.as_deref(), content_type.as_deref());
    // The impl must vanish together with the type.
    let cfgs = attrs.iter().filter(|attr| attr.path().is_ident("cfg"));
    let p = quote!(#krate::__private);
    let content_type = match content_type {
        Some(value) => quote!(#p::Option::Some(#value)),
        None => quote!(#p::Option::None),
    };
    quote! {
        #errors

        #(#attrs)*
        #(#[doc = #docs])*
        #[derive(
            ::core::clone::Clone,
            ::core::marker::Copy,
            ::core::fmt::Debug,
            ::core::default::Default
        )]
        #vis struct #name;

        #(#cfgs)*
        const _: () = {
            #[automatically_derived]
            impl #p::BodyFormat for #name {
                const TEMPLATE: #p::Option<#p::Template> = #p::Option::Some(#template);
                const CONTENT_TYPE: #p::Option<&'static #p::str> = #content_type;
            }
        };
    }
}

/// The lines of the section about the template. Each starts with a space, as those of `///` do:
/// rustdoc removes the indentation that all lines share.
fn document(text: Option<&str>, content_type: Option<&str>) -> Vec<String> {
    let Some(text) = text else {
        return Vec::new();
    };
    let mut lines = vec![String::new(), " # Template".to_owned(), String::new()];
    lines.push(" ```text".to_owned());
    lines.extend(text.lines().map(|line| format!(" {line}")));
    lines.push(" ```".to_owned());
    if let Some(content_type) = content_type {
        lines.push(String::new());
        lines.push(format!(" Sent as `{content_type}`."));
    }
    lines
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;

    use super::{expand_body_format, expand_ready_made};

    fn named(input: &str) -> String {
        let tokens: TokenStream = input.parse().expect("the test is made of tokens");
        expand_body_format(tokens).to_string()
    }

    /// The texts of all `compile_error!`s.
    fn errors(expansion: &str) -> Vec<String> {
        let calls = expansion.split("compile_error").skip(1);
        let texts = calls.filter_map(|call| call.split_once("{ \"")?.1.split_once("\" }"));
        texts.map(|(text, _)| text.replace("\\\"", "\"")).collect()
    }

    #[test]
    fn a_format_has_type_docs_and_impl() {
        let out = named(
            r#"/// The errors of Acme.
            #[cfg(feature = "acme")]
            pub(crate) Acme = { "error"?: { "text": message } }, content_type = "application/vnd.acme+json", crate = crate::re;"#,
        );
        assert_eq!(errors(&out), [] as [&str; 0]);
        for part in [
            r#"# [doc = " The errors of Acme."]"#,
            "pub (crate) struct Acme ;",
            r##"# [doc = " { \"error\"?: { \"text\": message } }"]"##,
            r#"# [doc = " Sent as `application/vnd.acme+json`."]"#,
            r#"# [cfg (feature = "acme")] const _ : () ="#,
            "impl crate :: re :: __private :: BodyFormat for Acme",
            r#"crate :: re :: __private :: Option :: Some ("application/vnd.acme+json")"#,
        ] {
            assert!(out.contains(part), "{part}\n{out}");
        }
        assert!(!out.contains("aura_errors"));
    }

    #[test]
    fn several_formats() {
        let out = named(r#"A = { "a": message }; pub B = [{ "b": code }],; struct C = message"#);
        assert_eq!(errors(&out), [] as [&str; 0]);
        assert_eq!(out.matches("struct").count(), 3);
        assert_eq!(out.matches(r#"Some ("application/json")"#).count(), 3);
        assert_eq!(named(""), "");
    }

    #[test]
    fn mistakes() {
        let one_template =
            "a body format is one template; write the alternatives where it is used, as in `body = A | B`";
        for (input, expected) in [
            ("A = { \"a\": message } | { }", vec![one_template]),
            ("A = { \"a\": message } | acme::B", vec![one_template]),
            ("A = aura | problem", vec![one_template]),
            (
                "A = problem(type)",
                vec![
                    "`problem(type)` has a name already; write `body = problem(type)` where it is used, or its template here",
                ],
            ),
            (
                "A = Other",
                vec!["a type has a name already; write it where the body is used, or a template here"],
            ),
            ("A", vec!["expected `=` and a template; write `A = { … }`"]),
            (
                "pub = { }",
                vec!["expected the name of a body format, as in `pub Acme = { \"error\": message }`"],
            ),
            (
                "A = { }, contenttype = \"a/b\"",
                vec!["unknown key `contenttype`; did you mean `content_type`?"],
            ),
            ("A = { }, body = 1, crate = ::x", vec!["unknown key `body`; use `content_type` or `crate`"]),
            ("A = { }, crate = a, crate = b", vec!["duplicate `crate`; remove one"]),
            (
                "A = { }, content_type = \"json\"",
                vec!["`\"json\"` is not a media type; write one such as `\"application/json\"`"],
            ),
            ("A = { }, crate = a B = { }", vec!["unexpected token; write `;` before another body format"]),
            (
                "= 1; A = { \"a\": mesage, \"b\": coed }, crates = x; B = {}",
                vec![
                    "expected the name of a body format, as in `pub Acme = { \"error\": message }`",
                    "unknown placeholder `mesage`; did you mean `message`? the placeholders are `message`, `title`, `code`, `name`, `status`, `reason`, `class`, `detail`, `fields`, `retry_after`, `retry_after_ms`, `docs_url`, `field(name)`, `slot(name)`, `header(\"Name\")`",
                    "unknown placeholder `coed`; did you mean `code`? the placeholders are `message`, `title`, `code`, `name`, `status`, `reason`, `class`, `detail`, `fields`, `retry_after`, `retry_after_ms`, `docs_url`, `field(name)`, `slot(name)`, `header(\"Name\")`",
                    "unknown key `crates`; did you mean `crate`?",
                ],
            ),
        ] {
            assert_eq!(errors(&named(input)), expected, "{input}");
        }
    }

    #[test]
    fn a_wrong_format_still_exists() {
        let out = named("pub A = { message }");
        assert_eq!(errors(&out), ["a member's key is a string; write `\"message\"`"]);
        assert!(out.contains("pub struct A ;"));
        assert!(out.contains("BodyFormat for A"));
    }

    #[test]
    fn ready_made_formats() {
        let tokens = "pub struct Aura = aura; pub struct ProblemType = problem(type); pub struct Text = text; pub struct Anything = none; pub struct Wrong = google;";
        let out = expand_ready_made(tokens.parse().expect("tokens")).to_string();
        assert_eq!(errors(&out), ["the type of `google` is `Google`"]);
        for part in [
            "impl :: aura_errors :: __private :: BodyFormat for Aura",
            r#"Some ("application/problem+json")"#,
            r#"Some ("text/plain; charset=utf-8")"#,
            ":: aura_errors :: __private :: Template :: Anything",
            r##"# [doc = " { \"error\": message, \"error_code\": code, \"detail\": detail | message }"]"##,
        ] {
            assert!(out.contains(part), "{part}\n{out}");
        }
    }
}
