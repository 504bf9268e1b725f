//! The rules by which two states of a contract are compared.

use std::fmt;

use super::line::Line;

/// How much a difference matters to clients that exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// No client notices.
    Free,
    /// Clients go on working; someone should know about it.
    Notice,
    /// A client that works today fails, or acts differently.
    Breaking,
}

impl Severity {
    /// The severity in lower case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Notice => "notice",
            Self::Breaking => "breaking",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $severity:ident, $advice:literal;)*) => {
        /// A rule. Its [`id`](Self::id) is stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Rule {
            $($(#[$doc])* $name,)*
        }

        impl Rule {
            /// Every rule.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable id, such as `code-renamed`.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$name => $id,)*
                }
            }

            /// How much differences of this rule matter.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self {
                    $(Self::$name => Severity::$severity,)*
                }
            }

            /// What it means, and what to do.
            #[must_use]
            pub const fn advice(self) -> &'static str {
                match self {
                    $(Self::$name => $advice,)*
                }
            }
        }
    };
}

rules! {
    /// An error that was not there before.
    ErrorAdded = "error-added", Free,
        "Older clients see it as unrecognized, with its code and class.";
    /// An error is gone that was not deprecated before.
    ErrorRemoved = "error-removed", Breaking,
        "Deprecate it first, and remove it in a later release. If it was only renamed, give the new variant the old `name` and `code`. Put its code into `reserved(…)`.";
    /// An error is gone that was deprecated before.
    DeprecatedErrorRemoved = "deprecated-error-removed", Notice,
        "Its code becomes a tombstone. Put it into `reserved(…)` too, so that the compiler refuses it.";
    /// An error that was removed is back under its name.
    ErrorRestored = "error-restored", Notice,
        "Its code is no longer a tombstone. Remove it from `reserved(…)`.";
    /// An error has another name, with the same code or variant.
    NameChanged = "name-changed", Notice,
        "Metrics labels, anchors and documentation links change. Keep the old one with `name = \"…\"`.";
    /// The Rust name of the variant changed.
    VariantRenamed = "variant-renamed", Notice,
        "The source of Rust clients that name it changes; what travels does not.";
    /// The code that is written is another, which older clients do not know.
    CodeRenamed = "code-renamed", Breaking,
        "Older clients do not know the new code. Read it first (`code = \"old\" | \"new\"`), and write it (`code = \"new\" | \"old\"`) when clients have been updated.";
    /// The code that is written is another, which older clients already read.
    CodeSwitched = "code-switched", Notice,
        "Clients that read only the first code do not know this one.";
    /// A code has another meaning than before.
    CodeReused = "code-reused", Breaking,
        "Older clients take it for the error that had it. Use a new code.";
    /// A code may be used again.
    ReservedRemoved = "reserved-removed", Notice,
        "Put the code back into `reserved(…)`: clients of the past still know it.";
    /// A code that identified the error is not written any more.
    CodeDropped = "code-dropped", Breaking,
        "Older clients identify the error by it. Keep writing it.";
    /// A code is written that was not before.
    CodeIntroduced = "code-introduced", Breaking,
        "Older clients know the error only without a code. Let them accept one first: `code = \"x\" | none`, or `code = any`.";
    /// Clients accept more codes than before.
    CodeRuleWidened = "code-rule-widened", Free,
        "Newer clients accept more than older ones.";
    /// Clients accept fewer codes than before.
    CodeRuleNarrowed = "code-rule-narrowed", Notice,
        "Newer clients no longer recognise what older servers may send. Update servers first.";
    /// Another code is read as this error.
    SynonymAdded = "synonym-added", Free, "Newer clients accept more than older ones.";
    /// A code is not read as this error any more.
    SynonymRemoved = "synonym-removed", Notice,
        "Newer clients do not recognise it when an older server sends it.";
    /// The status is another.
    StatusChanged = "status-changed", Breaking,
        "Clients, proxies and alerts decide by the status. Add a new error with the new status instead.";
    /// Fewer statuses than before.
    StatusNarrowed = "status-narrowed", Notice,
        "Newer clients do not recognise the statuses that older servers may send.";
    /// A field that was not there before, without which newer clients cannot read the error.
    RequiredFieldAdded = "required-field-added", Notice,
        "Newer clients cannot read what older servers send. Update servers first, or make it an `Option`.";
    /// A field that was not there before, without which newer clients can do.
    OptionalFieldAdded = "optional-field-added", Free, "Older clients ignore it.";
    /// A field is gone without which older clients cannot read the error.
    RequiredFieldRemoved = "required-field-removed", Breaking,
        "Older clients cannot read the error without it. Keep sending it.";
    /// A field is gone without which older clients can do.
    OptionalFieldRemoved = "optional-field-removed", Notice, "Older clients no longer get a value.";
    /// A field without which older clients cannot read the error has another name on the wire.
    RequiredFieldRenamed = "required-field-renamed", Breaking,
        "Older clients look for the old name. Keep it with `#[serde(rename = \"…\")]`.";
    /// A field without which older clients can do has another name on the wire.
    OptionalFieldRenamed = "optional-field-renamed", Notice,
        "Older clients look for the old name and no longer get a value. Keep it with `#[serde(rename = \"…\")]`.";
    /// The values of a field have another form.
    FieldRetyped = "field-retyped", Breaking,
        "Older clients cannot read the new values. Add a field with another name instead.";
    /// The Rust type of a field is another; as far as is known its values have the same form.
    FieldTypeRespelled = "field-type-respelled", Notice,
        "Check that every new value fits the old type.";
    /// A field that was always there may be absent.
    FieldMadeOptional = "field-made-optional", Breaking,
        "Older clients cannot read the error without it. Keep sending a value.";
    /// A field that could be absent is always there.
    FieldMadeRequired = "field-made-required", Notice,
        "Newer clients cannot read what older servers send without it. Update servers first.";
    /// A name is not read any more.
    AliasRemoved = "alias-removed", Notice, "Newer clients do not read the field under this name.";
    /// Whether the value of a field may be logged.
    SensitivityChanged = "sensitivity-changed", Free, "What older clients log does not change.";
    /// The error is of another kind too.
    ClassAdded = "class-added", Notice, "Callers that branch on this class now handle the error.";
    /// The error is not of this kind any more.
    ClassRemoved = "class-removed", Breaking,
        "Callers that branch on this class no longer handle the error. Keep the class beside the new one: `class(new, old)`.";
    /// Another class comes first.
    PrimaryClassChanged = "primary-class-changed", Notice,
        "Metrics and bodies that show one class show another.";
    /// Clients repeat less than before.
    RetryWeakened = "retry-weakened", Breaking,
        "Callers that got through by repeating the request give up.";
    /// Clients repeat more than before.
    RetryStrengthened = "retry-strengthened", Notice,
        "Callers repeat requests that they did not repeat: check that it does no harm.";
    /// Whether the verdict depends on the status.
    RetryRuleChanged = "retry-rule-changed", Notice,
        "For some statuses the verdict may be another: say it with `retry = …`.";
    /// A header is sent that was not before.
    HeaderAdded = "header-added", Free, "Older clients ignore it.";
    /// A header is not sent any more.
    HeaderRemoved = "header-removed", Breaking, "Clients that read it find nothing. Keep sending it.";
    /// A header has another value.
    HeaderChanged = "header-changed", Notice, "Clients that compare the value see another.";
    /// The error has a header condition that it had not.
    ConditionAdded = "condition-added", Notice,
        "Newer clients do not recognise the error without the header. Update servers first.";
    /// The error's header conditions are others, or gone.
    ConditionChanged = "condition-changed", Breaking,
        "Older clients recognise the error only by the header they know. Keep that condition first.";
    /// A value that identifies the error is another.
    SlotChanged = "slot-changed", Breaking,
        "Older clients do not recognise the new value. Read it first (`slot(kind = \"old\" | \"new\")`).";
    /// The values that are read in a slot changed; the one that is written does not surprise older clients.
    SlotValuesChanged = "slot-values-changed", Notice,
        "Newer clients accept other values than older ones.";
    /// The shape of the body is another.
    BodyChanged = "body-changed", Breaking,
        "Older clients do not find what they read. Keep every member where it was; new members do no harm.";
    /// A member is gone that clients could do without.
    BodyMemberRemoved = "body-member-removed", Notice, "Older clients do without it.";
    /// The body has more members than before.
    BodyExtended = "body-extended", Free, "Older clients ignore what they do not know.";
    /// The forms that clients read changed, not the one that is written.
    BodyAlternativesChanged = "body-alternatives-changed", Notice,
        "Newer clients read other forms than older ones.";
    /// The member `detail` is another kind of value.
    DetailChanged = "detail-changed", Notice,
        "Clients that read `detail` by hand find another kind of value.";
    /// The schema of a body that is written by hand is another.
    BodySchemaChanged = "body-schema-changed", Notice,
        "Check that older clients can read it: nothing else is known about this format.";
    /// The content type of the body is another.
    ContentTypeChanged = "content-type-changed", Notice,
        "Clients of this crate need none; others may look at it.";
    /// The public message is another.
    MessageChanged = "message-changed", Notice, "Clients that compare texts see another.";
    /// The declared detail text is another.
    DetailTextChanged = "detail-text-changed", Notice, "Clients that compare texts see another.";
    /// The error is deprecated.
    ErrorDeprecated = "error-deprecated", Free, "It may be removed in a later release.";
    /// The error is not deprecated any more.
    DeprecationWithdrawn = "deprecation-withdrawn", Free, "Nothing to do.";
    /// Whether a success status may be this error.
    AllowSuccessChanged = "allow-success-changed", Notice,
        "Clients decide by this whether they look for errors in a success.";
    /// The framework failures that the error answers.
    StandsForChanged = "stands-for-changed", Notice,
        "Failures of the framework are answered by another error.";
    /// A taxonomy is nested that was not before.
    NestedAdded = "nested-added", Free, "Older clients see its errors as unrecognized.";
    /// A taxonomy is not nested any more.
    NestedRemoved = "nested-removed", Notice, "Its errors are reported one by one.";
    /// The Rust name of the taxonomy is another.
    TaxonomyRenamed = "taxonomy-renamed", Notice,
        "The source of Rust clients that name it changes; what travels does not.";
    /// Another error is the plain internal one.
    FallbackChanged = "fallback-changed", Notice, "What is sent when an error cannot be sent is another.";
    /// The code travels in a header that clients did not look at.
    CodeHeaderAdded = "code-header-added", Free, "Older clients read the code from the body as before.";
    /// The code does not travel in this header any more.
    CodeHeaderChanged = "code-header-changed", Breaking,
        "Older clients look for the code in the old header. Keep it.";
    /// The header with the server's own retry verdict changed.
    RetryHeaderChanged = "retry-header-changed", Notice,
        "Clients follow the verdict of the header they know.";
    /// The header that says when a rate limit ends changed.
    ResetHeaderChanged = "reset-header-changed", Notice, "Clients read the header they know.";
    /// Titles, descriptions, causes, fixes, links and the like.
    DocumentationChanged = "documentation-changed", Free, "Nothing to do.";
    /// An example is another.
    ExampleChanged = "example-changed", Free, "Nothing to do.";
    /// Something that the lock records and no other rule names.
    RecordChanged = "record-changed", Free, "Nothing to do but to write the lock anew.";
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

/// The text is the id of no rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no rule `{}`", Line::value(.0))]
pub struct UnknownRule(String);

impl std::str::FromStr for Rule {
    type Err = UnknownRule;

    fn from_str(id: &str) -> Result<Self, UnknownRule> {
        Self::ALL.iter().copied().find(|rule| rule.id() == id).ok_or_else(|| UnknownRule(id.to_owned()))
    }
}
