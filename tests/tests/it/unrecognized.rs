//! What is not recognised: kept whole, explained, shown safely, classified.

mod classified;
mod kept;
mod reasons;
mod shown;
