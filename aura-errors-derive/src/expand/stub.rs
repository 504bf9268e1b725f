//! Impls that stand in for those of a derive that failed, so that its error is the only one: call
//! sites still find the traits.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, GenericParam, Path, parse_quote};

use crate::model::Integration;

pub(super) fn expand(input: &DeriveInput, krate: &Path, integrations: &[Integration]) -> TokenStream {
    let ident = &input.ident;
    let mut generics = input.generics.clone();
    let parameters = !generics.params.is_empty();
    // With a lifetime the `'static` of the trait cannot hold, and a union is hardly an `Error`: there is
    // nothing to stand in for.
    let borrows = generics.params.iter().any(|param| matches!(param, GenericParam::Lifetime(_)));
    if borrows || matches!(input.data, Data::Union(_)) {
        return TokenStream::new();
    }
    if parameters {
        let (_, arguments, _) = input.generics.split_for_impl();
        let predicate = parse_quote! {
            #ident #arguments: #krate::__private::Error + #krate::__private::Send + #krate::__private::Sync + 'static
        };
        generics.make_where_clause().predicates.push(predicate);
    }
    let integrations = super::implement(integrations, ident, &generics);
    let (implementation, arguments, clause) = generics.split_for_impl();
    quote! {
        #[doc(hidden)]
        #[allow(unused_variables)]
        const _: () = {
            use #krate::__private as __p;

            #[automatically_derived]
            impl #implementation __p::Leaf for #ident #arguments #clause {
                fn leaf_index(&self) -> __p::usize { 0 }
                fn leaf_field(&self, __index: __p::usize, __sink: &mut __p::Sink<'_>) {}
                fn leaf_text(&self, __text: __p::LeafText, __f: &mut __p::fmt::Formatter<'_>) -> __p::fmt::Result {
                    __p::Ok(())
                }
            }

            #[automatically_derived]
            impl #implementation __p::Derived for #ident #arguments #clause {
                const CATALOG: &'static __p::Catalog = &__p::EMPTY_CATALOG;
                fn runtime() -> &'static __p::Runtime { __p::Runtime::of::<Self>() }
                fn build(__path: &[__p::u16], __reader: &mut __p::Reader<'_>) -> __p::Result<Self, __p::Misfit> {
                    __p::Err(__p::no_such_error())
                }
                fn example(__index: __p::usize) -> __p::Option<Self> { __p::None }
            }

            #[automatically_derived]
            impl #implementation __p::Classify for #ident #arguments #clause {
                fn classes(&self) -> __p::Classes { __p::Classes::empty() }
                fn retry(&self) -> __p::Retry { __p::Retry::Never }
            }

            #[automatically_derived]
            impl #implementation __p::Taxonomy for #ident #arguments #clause {
                fn spec(&self) -> &'static __p::ErrorSpec { &__p::EMPTY_SPEC }
                fn to_response(&self) -> __p::Response<__p::Bytes> { __p::Response::new(__p::Bytes::new()) }
                fn into_http(self) -> __p::Response<__p::Bytes> { __p::Response::new(__p::Bytes::new()) }
                fn read(__response: &__p::Response<__p::Bytes>) -> __p::Result<Self, __p::NotRead> {
                    __p::read(__response)
                }
                fn read_embedded(__json: &__p::Bytes) -> __p::Result<Self, __p::Received> {
                    __p::read_embedded(__json)
                }
                fn build_at(
                    __path: &[__p::u16],
                    __reader: &mut __p::Reader<'_>,
                ) -> __p::Result<Self, __p::Misfit> {
                    <Self as __p::Derived>::build(__path, __reader)
                }
                fn received(__response: &__p::Response<__p::Bytes>) -> __p::Received {
                    __p::received::<Self>(__response)
                }
                fn catalog() -> &'static __p::Catalog { &__p::EMPTY_CATALOG }
                fn examples() -> __p::Vec<Self> { __p::Vec::new() }
                fn visit_leaf(&self, __visit: &mut dyn __p::FnMut(&dyn __p::Leaf, &'static __p::ErrorSpec)) {}
            }

            #integrations
        };
    }
}
