//! 一手册: the manual of a division. What it says is composed from the same records as the map, or written by staff and reviewed.

pub mod document;
