//! Floor 2: what a page means, still one page at a time.

pub mod key;
pub mod outline;
pub mod path;
pub mod resolve;
pub mod settings;
pub mod site;
pub mod url;

pub use key::Key;
pub use outline::{Definition, Outline, Reference};
pub use path::Path;
pub use resolve::{Target, resolve};
pub use settings::{Globs, Level, Settings};
pub use site::Site;
