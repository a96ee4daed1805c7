using System.Globalization;
using System.Text.Json.Nodes;

namespace Marketing.Stores.BigQuery;

/// <summary>A named query parameter in the REST API's format.</summary>
internal sealed record QueryParameter(string Name, JsonObject Type, JsonObject Value)
{
    public static QueryParameter Of(string name, string value) => Scalar(name, "STRING", value);

    public static QueryParameter Of(string name, DateTimeOffset value) => Scalar(name, "TIMESTAMP", Format(value));

    public static QueryParameter Of(string name, IEnumerable<string> values) => new(
        name,
        new JsonObject { ["type"] = "ARRAY", ["arrayType"] = new JsonObject { ["type"] = "STRING" } },
        new JsonObject { ["arrayValues"] = new JsonArray([.. values.Select(value => new JsonObject { ["value"] = value })]) });

    public static string Format(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    public JsonObject ToJson() => new() { ["name"] = Name, ["parameterType"] = Type.DeepClone(), ["parameterValue"] = Value.DeepClone() };

    private static QueryParameter Scalar(string name, string type, string value) =>
        new(name, new JsonObject { ["type"] = type }, new JsonObject { ["value"] = value });
}
