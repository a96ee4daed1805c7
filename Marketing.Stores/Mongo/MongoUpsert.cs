using MongoDB.Driver;

namespace Marketing.Stores.Mongo;

/// <summary>
/// Two upserts of the same new document may both try to insert it, and the later one is then refused as a duplicate. Tried again it finds
/// the document; https://www.mongodb.com/docs/manual/reference/method/db.collection.update/#upsert-with-unique-index.
/// </summary>
internal static class MongoUpsert
{
    /// <summary>More than as many in a row as can be explained by others who insert, and delete, the same document.</summary>
    private const int Attempts = 10;

    /// <param name="upsert">Does nothing but upserts by <c>_id</c>, so that it may be repeated.</param>
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
                // Somebody else has inserted it.
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
