//! What an audit of contracts gives to other programs, and to people who read pages.

pub mod html;
