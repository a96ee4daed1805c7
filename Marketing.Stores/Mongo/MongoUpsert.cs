using MongoDB.Driver;

namespace Marketing.Stores.Mongo;

/// <summary>
/// Retries upserts. When two upserts insert the same new document at once, the later one fails as a duplicate, and its retry finds the
/// document; https://www.mongodb.com/docs/manual/reference/method/db.collection.update/#upsert-with-unique-index.
/// </summary>
internal static class MongoUpsert
{
    /// <summary>The maximum number of attempts: more than concurrent inserts and deletes of the same document can explain.</summary>
    private const int Attempts = 10;

    /// <param name="upsert">Contains only upserts by <c>_id</c>, so that it can be repeated.</param>
    public static async Task<T> RunAsync<T>(Func<Task<T>> upsert)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await upsert();
            }
            catch (MongoException exception) when (attempt < Attempts && IsDuplicate(exception))
            {
                // Another caller has inserted it.
            }
        }
    }

    private static bool IsDuplicate(MongoException exception) => exception switch
    {
        MongoWriteException { WriteError.Category: ServerErrorCategory.DuplicateKey } => true,
        MongoBulkWriteException bulk => bulk.WriteErrors.Count > 0 && bulk.WriteErrors.All(error => error.Category == ServerErrorCategory.DuplicateKey),
        _ => false,
    };
}
