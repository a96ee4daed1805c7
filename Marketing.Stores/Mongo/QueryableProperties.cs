using MongoDB.Bson;

namespace Marketing.Stores.Mongo;

/// <summary>
/// Converts a caller's free-form JSON to BSON, for queries in the database. The exact text is stored beside it, because numbers and
/// repeated keys may change in the conversion. JSON that some server with this protocol would reject is stored as text only.
/// </summary>
internal static class QueryableProperties
{
    /// <summary>Returns null when a key contains a dot or starts with a dollar sign, or when an array contains an array.</summary>
    public static BsonDocument? TryParse(string json)
    {
        try
        {
            var document = BsonDocument.Parse(json);
            return IsStorable(document, inArray: false) ? document : null;
        }
        catch (Exception exception) when (exception is FormatException or BsonException or InvalidOperationException or OverflowException)
        {
            return null; // JSON that the driver reads as extended JSON, such as {"$date": "no date"}
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
