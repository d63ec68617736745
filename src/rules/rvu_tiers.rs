//! stub
/// stub
pub fn rvu(cores: u64) -> u64 {
    cores
}
