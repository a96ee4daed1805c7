using System.Text.RegularExpressions;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Ingestion;
using Marketing.Stores.Contents;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Marketing.Stores.Mongo;

/// <summary>Dead letters in MongoDB, one document each.</summary>
internal sealed class MongoDeadLetters(MongoContext context) : IDeadLetters
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;

    public Task AddAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken) =>
        letters.Count == 0 ? Task.CompletedTask : MongoUpsert.RunAsync(() => context.DeadLetters.BulkWriteAsync(
            letters.Select(letter => new ReplaceOneModel<BsonDocument>(Where.Eq("_id", letter.Id), From(letter)) { IsUpsert = true }),
            cancellationToken: cancellationToken));

    public async Task<Page<DeadLetter>> ListAsync(DeadLetterFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var which = Matches(filter);
        if (cursor is not null)
        {
            var (milliseconds, id) = TimeCursor.Parse(cursor);
            var at = new BsonDateTime(milliseconds);
            which &= Where.Lt("failedAt", at) | (Where.Eq("failedAt", at) & Where.Lt("_id", id));
        }

        var documents = await context.DeadLetters.Find(which)
            .Sort(Builders<BsonDocument>.Sort.Descending("failedAt").Descending("_id")).Limit(limit + 1).ToListAsync(cancellationToken);
        var items = documents.Take(limit).Select(ToLetter).ToList();
        return new(items, documents.Count > limit ? TimeCursor.After(items[^1].FailedAt, items[^1].Id).ToString() : null);
    }

    public async Task<DeadLetter?> FindAsync(string id, CancellationToken cancellationToken) =>
        await context.DeadLetters.Find(Where.Eq("_id", id)).FirstOrDefaultAsync(cancellationToken) is { } document ? ToLetter(document) : null;

    public async Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) =>
        (await context.DeadLetters.DeleteOneAsync(Where.Eq("_id", id), cancellationToken)).DeletedCount > 0;

    public Task RemoveAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken) =>
        letters.Count == 0 ? Task.CompletedTask : context.DeadLetters.BulkWriteAsync(
            letters.Select(letter => new DeleteOneModel<BsonDocument>(
                Where.Eq("_id", letter.Id) & Where.Eq("failedAt", letter.FailedAt.UtcDateTime))),
            new BulkWriteOptions { IsOrdered = false },
            cancellationToken);

    public async Task<long> RemoveAsync(DeadLetterFilter filter, CancellationToken cancellationToken) =>
        (await context.DeadLetters.DeleteManyAsync(Matches(filter), cancellationToken)).DeletedCount;

    public async Task<IReadOnlyList<DeadLetter>> OfUserAsync(UserId userId, CancellationToken cancellationToken)
    {
        var letters = (await context.DeadLetters.Find(Where.Eq("userId", userId.Value)).ToListAsync(cancellationToken)).ConvertAll(ToLetter);
        letters.AddRange(await OfNobodyAsync(letter => PayloadUser.Find(letter.Payload) == userId, cancellationToken));
        return [.. letters.OrderByDescending(letter => letter.FailedAt).ThenByDescending(letter => letter.Id, StringComparer.Ordinal)];
    }

    public async Task EraseAsync(UserId userId, CancellationToken cancellationToken)
    {
        await context.DeadLetters.DeleteManyAsync(Where.Eq("userId", userId.Value), cancellationToken);
        await RemoveAsync(await OfNobodyAsync(letter => PayloadUser.MayName(letter.Payload, userId), cancellationToken), cancellationToken);
    }

    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        context.DeadLetters.CountDocumentsAsync(Where.Empty, cancellationToken: cancellationToken);

    private static FilterDefinition<BsonDocument> Matches(DeadLetterFilter filter)
    {
        var which = Where.Empty;
        if (filter.Source is { } source)
        {
            which &= Where.Regex("source", new BsonRegularExpression($"^{Regex.Escape(source)}(:|$)"));
        }

        if (filter.Reason is { } reason)
        {
            which &= Where.Regex("error", new BsonRegularExpression(Regex.Escape(reason), "i"));
        }

        if (filter.Since is { } since)
        {
            which &= Where.Gte("failedAt", since.UtcDateTime);
        }

        if (filter.Before is { } before)
        {
            which &= Where.Lt("failedAt", before.UtcDateTime);
        }

        return which;
    }

    private async Task<List<DeadLetter>> OfNobodyAsync(Func<DeadLetter, bool> where, CancellationToken cancellationToken)
    {
        var found = new List<DeadLetter>();
        await context.DeadLetters.Find(Where.Exists("userId", false) & Where.Exists("payload")).ForEachAsync(
            document =>
            {
                var letter = ToLetter(document);
                if (where(letter))
                {
                    found.Add(letter);
                }
            },
            cancellationToken);
        return found;
    }

    private static BsonDocument From(DeadLetter letter)
    {
        var document = new BsonDocument
        {
            ["_id"] = letter.Id,
            ["source"] = letter.Source,
            ["error"] = letter.Error,
            ["failedAt"] = letter.FailedAt.UtcDateTime,
        };
        document.Add("eventId", letter.EventId?.Value, letter.EventId is not null);
        document.Add("userId", letter.UserId?.Value, letter.UserId is not null);
        document.Add("payload", letter.Payload, letter.Payload is not null);
        return document;
    }

    /// <summary>Returns a document of <c>deadLetters</c> as a record that a copy moves.</summary>
    internal static LogRecord ToRecord(BsonDocument document) => Records.Of(ToLetter(document));

    private static DeadLetter ToLetter(BsonDocument document) => new(
        document["_id"].AsString,
        document["source"].AsString,
        document["error"].AsString,
        InteractionDocument.Time(document, "failedAt"),
        document.TryGetValue("eventId", out var eventId) ? new EventId(eventId.AsString) : null,
        document.TryGetValue("userId", out var userId) ? new UserId(userId.AsString) : null,
        document.TryGetValue("payload", out var payload) ? payload.AsString : null);
}
