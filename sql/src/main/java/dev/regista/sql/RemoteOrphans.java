package dev.regista.sql;

import dev.regista.sql.contenttype.ContentType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds content types in another database whose rows are gone from this one. */
final class RemoteOrphans {
    private final ContentTypePlaces places;

    RemoteOrphans(ContentTypePlaces places) {
        this.places = places;
    }

    long remove() {
        ContentTypeMaker maker = places.support().maker();
        long all = 0;
        @Nullable UUID last = null;
        List<ContentType> types;
        do {
            types = typesAfter(last, maker);
            List<UUID> orphans = orphans(types, maker);
            if (!orphans.isEmpty()) {
                DefaultSqlDatabase home = Objects.requireNonNull(maker.remote()).home();
                home.sharedStateless()
                        .run(session -> home.contentTypeSupport().deletes().deleteTypesAlone(orphans, session));
            }
            all += orphans.size();
            last = types.isEmpty() ? null : types.get(types.size() - 1).id();
        } while (types.size() == ContentTypeRows.MOST_AT_ONCE);
        return all;
    }

    private List<ContentType> typesAfter(@Nullable UUID last, ContentTypeMaker maker) {
        return places.types().call(session -> {
            var query = session.createSelectionQuery(
                            "from " + maker.prototype().getName() + " where database = :database and name in (:names)"
                                    + (last == null ? "" : " and id > :last") + " order by id",
                            ContentType.class)
                    .setParameter("database", maker.database())
                    .setParameterList("names", maker.names().keySet())
                    .setMaxResults(ContentTypeRows.MOST_AT_ONCE);
            if (last != null) {
                query.setParameter("last", last);
            }
            return query.getResultList();
        });
    }

    private List<UUID> orphans(List<ContentType> types, ContentTypeMaker maker) {
        List<UUID> orphans = new ArrayList<>();
        for (ContentType type : types) {
            ContentTypeLink link = Objects.requireNonNull(maker.names().get(type.name()));
            boolean isReached = places.at(
                            type.tenantId().orElse(null), type.schema().orElse(null))
                    .map(place -> place.call(session -> places.support().rows().isPresent(link, type.id(), session)))
                    .orElse(true);
            if (!isReached) {
                orphans.add(type.id());
            }
        }
        return orphans;
    }
}
