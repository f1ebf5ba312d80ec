//! The types that introspection files name: what each is, and what releases it.

use std::collections::BTreeMap;

/// A type as a parameter has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum GirType {
    /// None, or one that is not described.
    #[default]
    Unknown,
    /// By its name, with its namespace unless it is a basic type.
    Named { name: String, c_type: String },
    /// A C array.
    Array {
        /// The parameter that counts, as C numbers them.
        length: Option<usize>,
        fixed: Option<u64>,
        zero_terminated: bool,
        element: Box<GirType>,
        c_type: String,
    },
}

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Class {
        parent: Option<String>,
        is_fundamental: bool,
        unref: Option<String>,
    },
    Interface {
        parent: Option<String>,
    },
    Record {
        is_opaque: bool,
        free: Option<String>,
    },
    Callback,
    /// An enumeration, or an alias.
    Other,
}

/// All named types.
#[derive(Clone, Debug, Default)]
pub(super) struct Types {
    pub(super) by_name: BTreeMap<String, Kind>,
}

/// GLib's containers: they live in C's memory, whoever owns them, and each has its own end.
const CONTAINERS: &[(&str, &str)] = &[
    ("GLib.List", "g_list_free"),
    ("GLib.SList", "g_slist_free"),
    ("GLib.HashTable", "g_hash_table_unref"),
    ("GLib.Array", "g_array_unref"),
    ("GLib.PtrArray", "g_ptr_array_unref"),
    ("GLib.ByteArray", "g_byte_array_unref"),
];

impl GirType {
    /// Its name, where it has one.
    pub(super) fn name(&self) -> Option<&str> {
        match self {
            GirType::Named { name, .. } => Some(name),
            _ => None,
        }
    }

    /// As C spells it.
    pub(super) fn c_type(&self) -> &str {
        match self {
            GirType::Unknown => "",
            GirType::Named { c_type, .. } | GirType::Array { c_type, .. } => c_type,
        }
    }

    /// Whether it is a C string.
    pub(super) fn is_string(&self) -> bool {
        matches!(self.name(), Some("utf8" | "filename"))
    }

    /// Whether its values are one byte long.
    pub(super) fn is_byte(&self) -> bool {
        matches!(self.name(), Some("guint8" | "gint8" | "gchar" | "guchar"))
    }

    /// Whether its values are numbers.
    pub(super) fn is_number(&self) -> bool {
        let name = self.name().unwrap_or_default();
        matches!(name, "gsize" | "gssize" | "gunichar" | "gunichar2" | "gboolean" | "gdouble" | "gfloat")
            || ["gint", "guint", "glong", "gulong", "gshort", "gushort", "gchar", "guchar"]
                .iter()
                .any(|start| name.starts_with(start))
                && !matches!(name, "gintptr" | "guintptr")
    }

    /// Whether negative values may have a meaning of their own, such as "up to the terminator".
    pub(super) fn is_signed_size(&self) -> bool {
        matches!(self.name(), Some("gssize" | "glong" | "gint64"))
    }
}

impl Types {
    /// What a type is.
    pub(super) fn kind(&self, ty: &GirType) -> Option<&Kind> {
        self.by_name.get(ty.name()?)
    }

    /// Whether values live in C's own memory, and only C looks into them.
    pub(super) fn is_opaque(&self, ty: &GirType) -> bool {
        is_container(ty)
            || match self.kind(ty) {
                Some(Kind::Class { .. } | Kind::Interface { .. }) => true,
                Some(Kind::Record { is_opaque, .. }) => *is_opaque,
                Some(Kind::Callback | Kind::Other) | None => false,
            }
    }

    /// What releases a value with all that is in it; `None` where that is not known.
    pub(super) fn free(&self, ty: &GirType) -> Option<String> {
        match ty {
            GirType::Array { element, zero_terminated, .. } => {
                if element.is_string() && *zero_terminated {
                    Some("g_strfreev".into())
                } else {
                    element.is_number().then(|| "g_free".into())
                }
            }
            GirType::Named { name, .. } if ty.is_string() => Some("g_free".into()).filter(|_| !name.is_empty()),
            // A list does not know how to release what is in it; the others were told when they were made.
            GirType::Named { name, .. } if matches!(name.as_str(), "GLib.List" | "GLib.SList") => None,
            GirType::Named { .. } if is_container(ty) => self.free_container(ty),
            GirType::Named { name, .. } => match self.by_name.get(name)? {
                Kind::Record { free, .. } => free.clone(),
                Kind::Class { .. } | Kind::Interface { .. } => self.unref(name),
                Kind::Callback | Kind::Other => None,
            },
            GirType::Unknown => None,
        }
    }

    /// What releases a container, and leaves what is in it.
    pub(super) fn free_container(&self, ty: &GirType) -> Option<String> {
        match ty {
            GirType::Array { .. } => Some("g_free".into()),
            _ => CONTAINERS.iter().find(|(name, _)| ty.name() == Some(name)).map(|(_, free)| (*free).to_owned()),
        }
    }

    /// What drops a reference to an object: that of its fundamental ancestor.
    fn unref(&self, name: &str) -> Option<String> {
        let mut name = name;
        // A file may be wrong, and a class its own ancestor.
        for _ in 0..64 {
            if name == "GObject.Object" {
                return Some("g_object_unref".into());
            }
            match self.by_name.get(name)? {
                Kind::Class { unref: Some(unref), .. } => return Some(unref.clone()),
                Kind::Class { is_fundamental: true, .. } => return None,
                Kind::Class { parent, .. } | Kind::Interface { parent } => name = parent.as_deref()?,
                Kind::Record { .. } | Kind::Callback | Kind::Other => return None,
            }
        }
        None
    }
}

/// Whether it is one of GLib's containers.
fn is_container(ty: &GirType) -> bool {
    CONTAINERS.iter().any(|(name, _)| ty.name() == Some(name))
}
