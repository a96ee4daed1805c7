using System.Globalization;
using System.Runtime.CompilerServices;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Microsoft.Extensions.Options;
using Milvus.Client;
using static Marketing.Stores.Milvus.MilvusFields;

namespace Marketing.Stores.Milvus;

/// <summary>
/// The vector index in Milvus. Searches see everything older than <see cref="MilvusOptions.Staleness"/>. Trimming, counts and scans
/// must see every write, so they wait for strong consistency.
/// </summary>
internal sealed class MilvusVectorIndex(
    MilvusCollectionProvider collections, VectorSpace space, IOptions<MilvusOptions> options, TimeProvider time) : IVectorIndex
{
    /// <summary>The number of values in one <c>in [...]</c>, which keeps a request far below the server's message limit.</summary>
    private const int ValuesPerExpression = 500;

    /// <summary>Keeps the response to a query for many users, with their vectors, at a few megabytes.</summary>
    private const int UsersPerQuery = 50;

    private readonly MilvusOptions _options = options.Value;

    public int NewestPerUser => _options.MessagesPerUser;

    public async Task UpsertAsync(IReadOnlyList<MessageVector> messages, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
        {
            if (message.Vector.Length != space.Dimensions)
            {
                throw new ArgumentException(
                    $"The vector has {message.Vector.Length} components, but the index has {space.Dimensions} dimensions.", nameof(messages));
            }
        }

        if (messages.Count == 0)
        {
            return;
        }

        // Milvus keeps both rows when one request contains a key twice.
        var unique = messages.GroupBy(message => message.Id).Select(group => group.Last()).ToList();
        var collection = await collections.GetAsync(cancellationToken);
        await collection.UpsertAsync(Columns(unique), cancellationToken: cancellationToken);
        await TrimAsync(collection, [.. unique.Select(message => message.UserId.Value).Distinct()], cancellationToken);
    }

    public async ValueTask<IReadOnlyList<MessageVector>> LatestAsync(UserId userId, int count, CancellationToken cancellationToken)
    {
        var collection = await collections.GetAsync(cancellationToken);
        return [.. (await ReadUserAsync(collection, userId, Recent(), cancellationToken)).Take(count)];
    }

    public async ValueTask<IReadOnlyList<IReadOnlyList<MessageVector>>> LatestOfEachAsync(
        IReadOnlyList<UserId> userIds, int count, CancellationToken cancellationToken)
    {
        var collection = await collections.GetAsync(cancellationToken);
        var latest = new List<IReadOnlyList<MessageVector>>(userIds.Count);
        foreach (var some in userIds.Chunk(UsersPerQuery))
        {
            var messages = Messages(await collection.QueryAsync(
                    $"{UserIdField} in [{string.Join(',', some.Select(user => Literal(user.Value)))}]",
                    WithEveryField(Recent()),
                    cancellationToken))
                .ToLookup(message => message.UserId);
            latest.AddRange(some.Select(user => NewestFirst(messages[user]).Take(count).ToList()));
        }

        return latest;
    }

    public async Task<IReadOnlyList<MessageVector>> ReadUserAsync(UserId userId, CancellationToken cancellationToken) =>
    [
        .. await ReadUserAsync(
            await collections.GetAsync(cancellationToken),
            userId,
            new QueryParameters { ConsistencyLevel = ConsistencyLevel.Strong },
            cancellationToken),
    ];

    public async ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken)
    {
        var collection = await collections.GetAsync(cancellationToken);
        var parameters = new SearchParameters
        {
            ConsistencyLevel = ConsistencyLevel.Customized,
            GuaranteeTimestamp = GuaranteedUpTo(),
            Expression = Filter(query),
            OutputFields = { UserIdField },
            ExtraParameters = { ["ef"] = Math.Max(_options.Ef, query.Count).ToString(CultureInfo.InvariantCulture) },
        };
        SearchResults results;
        try
        {
            results = await collection.SearchAsync(
                VectorField, [query.Vector], SimilarityMetricType.Cosine, query.Count, parameters, cancellationToken);
        }
        catch (NotSupportedException)
        {
            // The client cannot read a response without rows, because the server sends its columns without a type.
            return [];
        }

        var ids = results.Ids.StringIds ?? [];
        var users = Column<string>(results.FieldsData, UserIdField);
        return [.. ids.Select((id, i) => new VectorMatch(new EventId(id), new UserId(users[i]), results.Scores[i]))];
    }

    public async Task RemoveAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken) =>
        await DeleteAsync(await collections.GetAsync(cancellationToken), [.. ids.Select(id => id.Value)], cancellationToken);

    public async Task RemoveUserAsync(UserId userId, CancellationToken cancellationToken)
    {
        var collection = await collections.GetAsync(cancellationToken);
        await collection.DeleteAsync($"{UserIdField} == {Literal(userId.Value)}", cancellationToken: cancellationToken);
    }

    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        var collection = await collections.GetAsync(cancellationToken);
        var columns = await collection.QueryAsync(
            $"{IdField} != \"\"",
            new QueryParameters { ConsistencyLevel = ConsistencyLevel.Strong, OutputFields = { "count(*)" } },
            cancellationToken);
        return Column<long>(columns, "count(*)") is [var count] ? count : 0;
    }

    public async IAsyncEnumerable<IReadOnlyList<MessageVector>> ScanAsync(
        int batchSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var collection = await collections.GetAsync(cancellationToken);
        var after = "";
        while (true)
        {
            // Milvus merges a limited query by primary key, so the next page starts after the largest key of this one.
            var columns = await collection.QueryAsync(
                $"{IdField} > {Literal(after)}",
                WithEveryField(new QueryParameters { ConsistencyLevel = ConsistencyLevel.Strong, Limit = batchSize }),
                cancellationToken);
            var messages = Messages(columns).ToList();
            if (messages.Count == 0)
            {
                yield break;
            }

            yield return messages;
            after = messages.Max(message => message.Id).Value;
        }
    }

    /// <summary>Always finds nothing: each message is stored once, and the caller checks its content.</summary>
    public Task<long> VerifyAsync(bool repair, CancellationToken cancellationToken) => Task.FromResult(0L);

    /// <summary>Rebuilds in place, because an upsert replaces the whole row of a key.</summary>
    public Task RebuildAsync(Func<IVectorIndex, CancellationToken, Task> fill, CancellationToken cancellationToken) =>
        fill(this, cancellationToken);

    private static async Task<IEnumerable<MessageVector>> ReadUserAsync(
        MilvusCollection collection, UserId userId, QueryParameters parameters, CancellationToken cancellationToken) =>
        NewestFirst(Messages(await collection.QueryAsync(
            $"{UserIdField} == {Literal(userId.Value)}", WithEveryField(parameters), cancellationToken)));

    private static IEnumerable<MessageVector> NewestFirst(IEnumerable<MessageVector> messages) =>
        messages.OrderByDescending(message => message.OccurredAt).ThenByDescending(message => message.Id);

    private static QueryParameters WithEveryField(QueryParameters parameters)
    {
        foreach (var field in new[] { IdField, UserIdField, CampaignIdField, OccurredAtField, TermsField, VectorField })
        {
            parameters.OutputFields.Add(field);
        }

        return parameters;
    }

    private static string? Filter(VectorQuery query)
    {
        var conditions = new List<string>(2);
        if (query.ExcludeUser is { } user)
        {
            conditions.Add($"{UserIdField} != {Literal(user.Value)}");
        }

        if (query.CampaignId is { } campaign)
        {
            conditions.Add($"{CampaignIdField} == {Literal(campaign.Value)}");
        }

        return conditions.Count == 0 ? null : string.Join(" and ", conditions);
    }

    private QueryParameters Recent() => new()
    {
        ConsistencyLevel = ConsistencyLevel.Customized,
        GuaranteeTimestamp = GuaranteedUpTo(),
    };

    private ulong GuaranteedUpTo() => MilvusTimestampUtils.FromDateTime((time.GetUtcNow() - _options.Staleness).UtcDateTime);

    /// <summary>Deletes all but the newest messages of these users.</summary>
    private async Task TrimAsync(MilvusCollection collection, string[] users, CancellationToken cancellationToken)
    {
        foreach (var some in users.Chunk(ValuesPerExpression))
        {
            var columns = await collection.QueryAsync(
                $"{UserIdField} in [{string.Join(',', some.Select(Literal))}]",
                new QueryParameters { ConsistencyLevel = ConsistencyLevel.Strong, OutputFields = { IdField, UserIdField, OccurredAtField } },
                cancellationToken);
            var (ids, owners, times) = (Column<string>(columns, IdField), Column<string>(columns, UserIdField), Column<long>(columns, OccurredAtField));
            var surplus = Enumerable.Range(0, ids.Count)
                .GroupBy(row => owners[row])
                .SelectMany(rows => rows
                    .OrderByDescending(row => times[row]).ThenByDescending(row => ids[row], StringComparer.Ordinal)
                    .Skip(_options.MessagesPerUser))
                .Select(row => ids[row]);
            await DeleteAsync(collection, [.. surplus], cancellationToken);
        }
    }

    private static async Task DeleteAsync(MilvusCollection collection, string[] ids, CancellationToken cancellationToken)
    {
        foreach (var some in ids.Chunk(ValuesPerExpression))
        {
            await collection.DeleteAsync($"{IdField} in [{string.Join(',', some.Select(Literal))}]", cancellationToken: cancellationToken);
        }
    }
}
