package dev.regista.sql;

import dev.regista.sql.contenttype.ContentType;
import dev.regista.sql.contenttype.TypedRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hibernate.Hibernate;
import org.jspecify.annotations.Nullable;

/** All rows of all models, in batches, in the order of the ids of their content types. */
final class ContentTypeWalk {
    private final ContentTypePlaces places;
    private final String typeEntity;
    private final Predicate<? super ContentType> wanted;

    ContentTypeWalk(ContentTypePlaces places, String typeEntity, Predicate<? super ContentType> wanted) {
        this.places = places;
        this.typeEntity = typeEntity;
        this.wanted = wanted;
    }

    Stream<TypedRow> stream() {
        return Stream.of(this)
                .flatMap(walk -> StreamSupport.stream(walk.batches(), false))
                .flatMap(List::stream);
    }

    private Spliterator<List<TypedRow>> batches() {
        return new Spliterators.AbstractSpliterator<>(Long.MAX_VALUE, Spliterator.ORDERED) {
            private @Nullable UUID last;
            private boolean isOver;

            @Override
            public boolean tryAdvance(Consumer<? super List<TypedRow>> action) {
                if (isOver) {
                    return false;
                }
                List<ContentType> types = typesAfter(last);
                isOver = types.size() < ContentTypeRows.MOST_AT_ONCE;
                if (!types.isEmpty()) {
                    last = types.get(types.size() - 1).id();
                    action.accept(rowsOf(types));
                }
                return true;
            }
        };
    }

    private List<ContentType> typesAfter(@Nullable UUID last) {
        return places.types().call(session -> {
            String after = last == null ? "" : " where id > :last";
            var query = session.createSelectionQuery("from " + typeEntity + after + " order by id", ContentType.class)
                    .setMaxResults(ContentTypeRows.MOST_AT_ONCE);
            if (last != null) {
                query.setParameter("last", last);
            }
            return query.getResultList();
        });
    }

    private record Group(
            @Nullable String database,
            ContentTypeLink link,
            @Nullable Long tenantId,
            @Nullable String schema) {}

    private List<TypedRow> rowsOf(List<ContentType> types) {
        Map<Group, List<UUID>> groups = new LinkedHashMap<>();
        Map<Group, ContentTypePlaces> owners = new HashMap<>();
        List<ContentType> matching = new ArrayList<>();
        for (ContentType type : types) {
            ContentTypeLink link = places.of(type).support().linkOf(type.name());
            if (link != null && wanted.test(type)) {
                matching.add(type);
                Group group = new Group(
                        type.database().orElse(null),
                        link,
                        type.tenantId().orElse(null),
                        type.schema().orElse(null));
                owners.putIfAbsent(group, places.of(type));
                groups.computeIfAbsent(group, key -> new ArrayList<>()).add(type.id());
            }
        }
        Map<UUID, Object> rows = new HashMap<>();
        groups.forEach((group, ids) -> {
            ContentTypePlaces where = Objects.requireNonNull(owners.get(group));
            where.at(group.tenantId(), group.schema())
                    .ifPresent(place -> rows.putAll(
                            place.call(session -> where.support().rows().rowsOf(group.link(), ids, session))));
        });
        return matching.stream()
                .filter(type -> rows.containsKey(type.id()))
                .map(type -> new TypedRow(type, Hibernate.unproxy(rows.get(type.id()))))
                .toList();
    }
}
