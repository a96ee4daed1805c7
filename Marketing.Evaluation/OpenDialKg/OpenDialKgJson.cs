using System.Text.Json.Serialization;

namespace Marketing.Evaluation.OpenDialKg;

/// <summary>Source-generated serialization for the data set's files.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OpenDialKgTurn))]
[JsonSerializable(typeof(Dictionary<string, OpenDialKgItem>))]
[JsonSerializable(typeof(Dictionary<string, int>))]
[JsonSerializable(typeof(int[]))]
internal sealed partial class OpenDialKgJson : JsonSerializerContext;
