package dev.regista.config;

import dev.regista.sql.contenttype.ContentType;

/** A prototype of content types. No entity, so that who looks for models does not find it. */
abstract class Kind extends ContentType {}
