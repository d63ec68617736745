//! Whether the files of a snapshot are as ILMT wrote them.
//!
//! ILMT writes the SHA-256 of each file into `checksums.txt`, signs that list (RSA, PKCS#1 v1.5, SHA-256), and lays the
//! public key beside it. So a good signature proves that the list was not changed after the owner of that key signed
//! it; whose key it is, the archive cannot prove, and a new key can be put beside a new list.

use litemap::LiteMap;
use std::fmt::Write;

use rsa::RsaPublicKey;
use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::pkcs8::{DecodePublicKey, EncodePublicKey};
use rsa::signature::Verifier;
use sha2::{Digest, Sha256};

use crate::model::integrity::{FileIntegrity, Integrity, SignatureStatus};
use crate::model::issue::{Issue, Severity};

/// The list of checksums.
pub(super) const CHECKSUMS: &str = "checksums.txt";
/// The signature of that list.
pub(super) const SIGNATURE: &str = "signature.rsa";
/// The key that the signature is checked with.
pub(super) const KEY: &str = "pub_key.pem";

/// The files that carry the proof and cannot be in the list themselves.
pub(super) const PROOF: [&str; 3] = [CHECKSUMS, SIGNATURE, KEY];

/// The three files that carry the proof, as far as they are there.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Proof<'a> {
    pub(super) checksums: Option<&'a [u8]>,
    pub(super) signature: Option<&'a [u8]>,
    pub(super) key: Option<&'a [u8]>,
}

/// Compares the files of a snapshot, given by name and SHA-256, with the list, and the list with its signature.
pub(super) fn check(hashes: &LiteMap<String, String>, proof: Proof<'_>) -> Integrity {
    let list = proof.checksums.map(listed).unwrap_or_default();
    let files = hashes.iter().filter(|(name, _)| !PROOF.contains(&name.as_str())).map(|(name, hash)| {
        let status = match list.get(name) {
            Some(listed) if listed.eq_ignore_ascii_case(hash) => FileIntegrity::Intact,
            Some(_) => FileIntegrity::Altered,
            None => FileIntegrity::NotListed,
        };
        (name.clone(), status)
    });
    let key = proof.key.and_then(public_key);
    Integrity {
        files: files.collect(),
        signature: signature(proof, key.as_ref()),
        key_fingerprint: key.as_ref().and_then(fingerprint),
    }
}

/// What the result of a check is worth telling: files altered, files that are gone, a signature that does not fit.
pub(super) fn issues(integrity: &Integrity, proof: Proof<'_>) -> Vec<Issue> {
    let mut issues = Vec::new();
    match integrity.signature {
        SignatureStatus::Valid => {}
        SignatureStatus::Invalid => issues.push(Issue::new(Severity::Warning, "signature_invalid")),
        SignatureStatus::Absent => issues.push(Issue::new(Severity::Info, "signature_absent")),
    }
    let altered = integrity.files.iter().filter(|(_, status)| *status == FileIntegrity::Altered);
    issues.extend(altered.map(|(name, _)| Issue::new(Severity::Warning, "file_altered").with("name", name.as_str())));
    let list = proof.checksums.map(listed).unwrap_or_default();
    let there = |name: &String| integrity.files.iter().any(|(known, _)| known == name);
    let gone = list.keys().filter(|name| !there(name) && !PROOF.contains(&name.as_str()));
    issues.extend(gone.map(|name| Issue::new(Severity::Warning, "file_missing").with("name", name.as_str())));
    issues
}

/// A hash in hexadecimal.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// File names and their SHA-256: on each line 64 hexadecimal digits, blanks, and a name.
fn listed(checksums: &[u8]) -> LiteMap<String, String> {
    let text = String::from_utf8_lossy(checksums);
    let lines = text.trim_start_matches('\u{feff}').lines().filter_map(|line| {
        let (hash, name) = line.trim().split_once(char::is_whitespace)?;
        let is_hash = hash.len() == 64 && hash.bytes().all(|digit| digit.is_ascii_hexdigit());
        is_hash.then(|| (name.trim_start().trim_start_matches('*').to_owned(), hash.to_owned()))
    });
    lines.collect()
}

fn signature(proof: Proof<'_>, key: Option<&RsaPublicKey>) -> SignatureStatus {
    let (Some(checksums), Some(signature), Some(_)) = (proof.checksums, proof.signature, proof.key) else {
        return SignatureStatus::Absent;
    };
    let fits = key
        .zip(Signature::try_from(signature).ok())
        .is_some_and(|(key, signature)| VerifyingKey::<Sha256>::new(key.clone()).verify(checksums, &signature).is_ok());
    if fits { SignatureStatus::Valid } else { SignatureStatus::Invalid }
}

fn public_key(pem: &[u8]) -> Option<RsaPublicKey> {
    RsaPublicKey::from_public_key_pem(std::str::from_utf8(pem).ok()?.trim()).ok()
}

fn fingerprint(key: &RsaPublicKey) -> Option<String> {
    Some(hexadecimal(&Sha256::digest(key.to_public_key_der().ok()?.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    fn hashes(names: &[&str]) -> LiteMap<String, String> {
        names.iter().map(|name| ((*name).to_owned(), hexadecimal(&Sha256::digest(b"")))).collect()
    }

    #[test]
    fn each_file_is_compared_with_the_list_and_the_proof_is_not_a_file() {
        let list = format!("{EMPTY}  good.csv\r\n{}  changed.csv\nnot a line\n{EMPTY} *gone.csv\n", "0".repeat(64));
        let proof = Proof { checksums: Some(list.as_bytes()), ..Proof::default() };
        let checked = check(&hashes(&["good.csv", "changed.csv", "new.csv", CHECKSUMS]), proof);
        let expected = [
            ("changed.csv".to_owned(), FileIntegrity::Altered),
            ("good.csv".to_owned(), FileIntegrity::Intact),
            ("new.csv".to_owned(), FileIntegrity::NotListed),
        ];
        assert_eq!(checked.files, expected);
        assert_eq!(checked.signature, SignatureStatus::Absent);
        let codes: Vec<_> = issues(&checked, proof).into_iter().map(|issue| issue.code).collect();
        assert_eq!(codes, ["signature_absent", "file_altered", "file_missing"]);
    }

    #[test]
    fn a_signature_that_cannot_be_read_is_invalid() {
        let proof = Proof { checksums: Some(b""), signature: Some(b"short"), key: Some(b"no key") };
        let checked = check(&LiteMap::new(), proof);
        assert_eq!(checked.signature, SignatureStatus::Invalid);
        assert_eq!(checked.key_fingerprint, None);
    }
}
