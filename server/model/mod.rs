//! Floor 2: what a page means, still one page at a time.

pub mod changes;
pub mod figure;
pub mod key;
pub mod knowledge;
pub mod open;
pub mod outline;
pub mod path;
pub mod resolve;
pub mod settings;
pub mod site;
pub mod url;
pub mod vocabulary;
pub mod words;

pub use changes::Changes;
pub use figure::Figure;
pub use key::Key;
pub use knowledge::Knowledge;
pub use outline::{Definition, Outline, Reference};
pub use path::Path;
pub use resolve::{Aim, Target, resolve};
pub use settings::{Globs, Level, Settings};
pub use site::Site;
pub use vocabulary::{Kind, PageKind};
pub use words::Words;
