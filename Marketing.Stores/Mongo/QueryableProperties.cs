using MongoDB.Bson;

namespace Marketing.Stores.Mongo;

/// <summary>
/// A caller's free-form JSON as a BSON document, for those who query it in the database. The exact text is kept beside it,
/// since numbers and repeated keys may change on the way; what some server of this protocol would refuse is left to the text alone.
/// </summary>
internal static class QueryableProperties
{
    /// <summary>The document; null when a key has a dot or begins with a dollar sign, or an array lies within an array.</summary>
    public static BsonDocument? TryParse(string json)
    {
        try
        {
            var document = BsonDocument.Parse(json);
            return IsStorable(document, inArray: false) ? document : null;
        }
        catch (Exception exception) when (exception is FormatException or BsonException or InvalidOperationException or OverflowException)
        {
            return null; // JSON that the driver's own dialect reads otherwise, such as {"$date": "no date"}
        }
    }

    private static bool IsStorable(BsonValue value, bool inArray) => value.BsonType switch
    {
        BsonType.Document => value.AsBsonDocument.All(element =>
            IsKey(element.Name) && IsStorable(element.Value, inArray: false)),
        BsonType.Array => !inArray && value.AsBsonArray.All(item => IsStorable(item, inArray: true)),
        BsonType.Double => double.IsFinite(value.AsDouble),
        BsonType.String or BsonType.Boolean or BsonType.Null or BsonType.Int32 or BsonType.Int64 => true,
        _ => false,
    };

    private static bool IsKey(string name) => name.Length > 0 && name[0] != '$' && !name.Contains('.', StringComparison.Ordinal);
}
