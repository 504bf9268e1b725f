//! The checks at run time, where one table can hold what would not compile.

use std::panic::catch_unwind;

use super::*;
use crate::Taxonomy;
use crate::private::Derived;

macro_rules! taxonomy {
    ($(#[$key:meta])* $name:ident { $(#[api($($keys:tt)*)] $variant:ident),* $(,)? }) => {
        #[derive(Debug, thiserror::Error, Taxonomy)]
        $(#[$key])*
        enum $name {
            $(#[error("text")] #[api($($keys)*)] $variant,)*
        }
    };
}

fn of<E: Derived>() -> &'static Catalog {
    E::CATALOG
}

/// What a check says. `None`: it has nothing to say.
fn said(check: impl FnOnce() + std::panic::UnwindSafe) -> Option<String> {
    let panic = catch_unwind(check).err()?;
    Some(*panic.downcast::<String>().expect("a text"))
}

#[track_caller]
fn agree(one: &'static Catalog, other: &'static Catalog) {
    assert_eq!(said(|| check_pair(one, other)), None);
    assert_eq!(said(|| check_pair(other, one)), None);
}

#[track_caller]
fn collide(one: &'static Catalog, other: &'static Catalog, expected: &str) {
    let found = said(|| check_pair(one, other)).expect("a collision");
    assert!(found.contains(expected), "{found}");
    assert!(said(|| check_pair(other, one)).is_some(), "the other way round");
}

taxonomy!(Letters {
    #[api(400, code = "a")]
    LetterA,
    #[api(400, code = "b")]
    LetterB,
    #[api(400, code = "c" | "d" | "e")]
    LetterC,
    #[api(400, code = "f")]
    LetterF,
    #[api(400, code = 7)]
    LetterG,
});
taxonomy!(OtherLetters {
    #[api(400, code = "k")]
    OtherK,
    #[api(400, code = "l")]
    OtherL,
    #[api(400, code = "m" | "n" | "o")]
    OtherM,
    #[api(400, code = 8)]
    OtherP,
});

/// One error with one code, which stands somewhere in the other's table.
macro_rules! single {
    ($($name:ident = $code:tt),*) => { $(taxonomy!($name { #[api(400, code = $code, name = "only")] Only });)* };
}
single!(
    A = "a",
    B = "b",
    C = "c",
    D = "d",
    E = "e",
    F = "f",
    Seven = 7,
    SevenText = "7",
    Eight = 8,
    Zero = 0,
    OtherZero = 0
);

#[test]
fn a_code_of_both_is_found_wherever_it_stands() {
    agree(of::<Letters>(), of::<OtherLetters>());
    for (single, code) in [
        (of::<A>(), "a"),
        (of::<B>(), "b"),
        (of::<C>(), "c"),
        (of::<D>(), "d"),
        (of::<E>(), "e"),
        (of::<F>(), "f"),
        (of::<Seven>(), "7"),
        (of::<SevenText>(), "7"),
    ] {
        collide(of::<Letters>(), single, &format!("duplicate error code `{code}`"));
        agree(of::<OtherLetters>(), single);
    }
    agree(of::<Letters>(), of::<Eight>());
    collide(of::<OtherLetters>(), of::<Eight>(), "duplicate error code `8`");
    collide(of::<Zero>(), of::<OtherZero>(), "duplicate error code `0`");
}

taxonomy!(
    #[api(reserved("a"))]
    WithoutA {
        #[api(400, code = "x")]
        AfterA
    }
);
taxonomy!(
    #[api(reserved("b"))]
    WithoutB {
        #[api(400, code = "x")]
        AfterB
    }
);
taxonomy!(
    #[api(reserved("c"))]
    WithoutC {
        #[api(400, code = "x")]
        AfterC
    }
);
taxonomy!(
    #[api(reserved("e"))]
    WithoutE {
        #[api(400, code = "x")]
        AfterE
    }
);
taxonomy!(
    #[api(reserved("f"))]
    WithoutF {
        #[api(400, code = "x")]
        AfterF
    }
);
taxonomy!(
    #[api(reserved(7))]
    WithoutSeven {
        #[api(400, code = "x")]
        AfterSeven
    }
);
taxonomy!(
    #[api(reserved("p", "q", "r", "s", "t", "u", "v"))]
    WithoutMany {
        #[api(400, code = "x")]
        AfterMany
    }
);

#[test]
fn a_reserved_code_is_found_wherever_it_stands() {
    for (reserving, code) in [
        (of::<WithoutA>(), "a"),
        (of::<WithoutB>(), "b"),
        (of::<WithoutC>(), "c"),
        (of::<WithoutE>(), "e"),
        (of::<WithoutF>(), "f"),
        (of::<WithoutSeven>(), "7"),
    ] {
        collide(of::<Letters>(), reserving, &format!("code `{code}` is reserved by `"));
        agree(of::<OtherLetters>(), reserving);
    }
    agree(of::<Letters>(), of::<WithoutMany>());
    agree(of::<OtherLetters>(), of::<WithoutMany>());
}

taxonomy!(
    #[api(body = { "kind"?: slot(kind), "more"?: slot(more), "code"?: code, "message": message })]
    OneCode {
        #[api(400, code = "x")]
        Bare,
        #[api(401, code = "x", when(header("X-A") = "1"))]
        OneHeader,
        #[api(402, code = "x", when(header("X-A") = "1", header("X-B") = "3"))]
        TwoHeaders,
        #[api(403, code = "x", slot(kind = "a" | "b"))]
        OneSlot,
        #[api(404, code = "x", slot(kind = "a", more = "b"))]
        TwoSlots,
        #[api(405, code = none, slot(kind = "a" | "b"))]
        NoCode,
        #[api(406, code = none, slot(kind = "a"))]
        OneValue,
    }
);

/// An error beside those of [`OneCode`], and which of them it collides with.
macro_rules! beside {
    ($($name:ident: $keys:tt $(, $collides:literal)?;)*) => {
        $(beside!(@ $name $keys);)*
        const BESIDE: &[(&Catalog, Option<&str>)] = &[
            $((<$name as Derived>::CATALOG, beside!(? $($collides)?)),)*
        ];
    };
    (? ) => { None };
    (? $collides:literal) => { Some($collides) };
    (@ $name:ident ($($keys:tt)*)) => {
        taxonomy!(
            #[api(body = { "kind"?: slot(kind), "more"?: slot(more), "code"?: code, "message": message })]
            $name { #[api($($keys)*, name = "beside")] Beside }
        );
    };
}

beside! {
    SameBare: (400, code = "x"), "Bare";
    OtherStatus: (410, code = "x");
    Conditioned: (400, code = "x", when(header("X-A") = "1"));
    AroundIt: (400, code = "x", slot(kind = "a"));
    SameHeader: (401, code = "x", when(header("x-a") = "1")), "OneHeader";
    OtherValue: (401, code = "x", when(header("X-A") = "2"));
    OtherName: (401, code = "x", when(header("X-B") = "1"));
    LongerName: (401, code = "x", when(header("X-AB") = "1"));
    NoHeader: (401, code = "x");
    CoveredHeaders: (402, code = "x", when(header("X-B") = "3", header("X-A") = "1")), "TwoHeaders";
    HalfCoveredHeaders: (402, code = "x", when(header("X-B") = "3", header("X-C") = "1"));
    SharedValue: (403, code = "x", slot(kind = "c" | "b")), "OneSlot";
    NoSharedValue: (403, code = "x", slot(kind = "c" | "d"));
    OtherSlot: (403, code = "x", slot(more = "a"));
    MoreSlots: (403, code = "x", slot(kind = "a", more = "b"));
    SameSlots: (404, code = "x", slot(more = "b", kind = "a")), "TwoSlots";
    SecondSlotDiffers: (404, code = "x", slot(kind = "a", more = "c"));
    SameWithoutCode: (405, code = none, slot(kind = "a" | "b")), "NoCode";
    OtherWithoutCode: (405, code = none, slot(kind = "c"));
    SharedWithoutCode: (405, code = none, slot(kind = "b" | "c")), "NoCode";
    OneOfTheValues: (405, code = none, slot(kind = "b")), "NoCode";
    MoreValues: (406, code = none, slot(kind = "a" | "b")), "OneValue";
    OtherValues: (406, code = none, slot(kind = "b" | "c"));
}

#[test]
fn errors_with_one_code_or_none_are_told_apart_by_status_condition_or_slot() {
    for (catalog, collides) in BESIDE {
        match collides {
            Some(variant) => collide(of::<OneCode>(), catalog, &format!("`OneCode::{variant}`")),
            None => agree(of::<OneCode>(), catalog),
        }
    }
}

#[test]
fn a_condition_is_covered_by_one_that_holds_whenever_it_does() {
    let by = [("X-A", Some("1")), ("X-B", None)];
    for covers in [("x-a", Some("1")), ("X-B", Some("2")), ("x-b", None)] {
        assert!(covered(covers, &by), "{covers:?}");
    }
    for other in [("X-A", Some("2")), ("X-A", None), ("X-C", Some("1")), ("X-BB", None), ("X", None)] {
        assert!(!covered(other, &by), "{other:?}");
    }
}

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Middle {
    #[error(transparent)]
    #[api(transparent)]
    Letters(Letters),
    #[error(transparent)]
    #[api(transparent)]
    Other(OtherLetters),
}

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Top {
    #[error(transparent)]
    #[api(transparent)]
    Middle(Middle),
}

#[test]
fn a_tree_is_compared_with_a_tree_at_every_depth() {
    for (tree, single) in
        [(of::<Top>(), of::<F>()), (of::<Top>(), of::<Eight>()), (of::<Middle>(), of::<Eight>())]
    {
        assert!(said(|| check_trees(tree, single)).unwrap().contains("duplicate error code `"));
        assert!(said(|| check_trees(single, tree)).unwrap().contains("duplicate error code `"));
    }
    assert_eq!(said(|| check_trees(of::<Top>(), of::<Zero>())), None);
    assert_eq!(said(|| check_trees(of::<Zero>(), of::<Top>())), None);
}
