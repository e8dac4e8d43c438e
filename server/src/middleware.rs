//! What every request passes: log, headers, error pages, limits, names of devices, language.

pub(crate) mod devices;
pub(crate) mod errors;
pub(crate) mod headers;
pub(crate) mod limits;
pub(crate) mod locale;
pub(crate) mod log;
