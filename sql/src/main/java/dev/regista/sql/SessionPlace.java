package dev.regista.sql;

import dev.regista.sql.contenttype.ContentType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.spi.PersisterClassResolver;
import org.jspecify.annotations.Nullable;

/** What one session reaches: the content types, and the rows in its schema and tenant. */
record SessionPlace(SharedSessionContractImplementor session) implements ContentTypePlaces, ContentTypePlace {
    @Override
    public <T> T call(Function<SharedSessionContractImplementor, T> work) {
        return work.apply(session);
    }

    @Override
    public ContentTypePlace here() {
        return this;
    }

    @Override
    public ContentTypePlace types() {
        RemoteContentTypes remote = support().maker().remote();
        return remote == null ? this : remote.home().contentTypePlaces().here();
    }

    @Override
    public ContentTypePlaces of(ContentType type) {
        ContentTypeMaker maker = support().maker();
        RemoteContentTypes remote = maker.remote();
        if (maker.isHere(type)) {
            return this;
        }
        return remote == null
                ? support().rows().guest(type).contentTypePlaces()
                : remote.home().contentTypePlaces().of(type);
    }

    @Override
    public Optional<ContentTypePlace> at(@Nullable Long tenantId, @Nullable String schema) {
        Route route = (Route) session.getTenantIdentifierValue();
        boolean reaches = tenantId == null
                ? Objects.equals(schema, route == null ? null : route.schema())
                : route != null && route.tenant() != null && route.tenantId() == tenantId;
        return reaches ? Optional.of(this) : Optional.empty();
    }

    @Override
    public List<ContentTypePlace> all(boolean isTenants) {
        Route route = (Route) session.getTenantIdentifierValue();
        return isTenants && (route == null || route.tenant() == null) ? List.of() : List.of(this);
    }

    @Override
    public ContentTypeSupport support() {
        return ((ContentTypePersisters)
                        session.getFactory().getServiceRegistry().requireService(PersisterClassResolver.class))
                .support();
    }
}
