using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marketing.Evaluation.Reporting;

/// <summary>Writes one JSON object per row, for programs.</summary>
internal static partial class JsonReport
{
    public static void Write(IEnumerable<EvaluationRow> rows, TextWriter output)
    {
        foreach (var row in rows)
        {
            output.WriteLine(JsonSerializer.Serialize(row, RowContext.Default.EvaluationRow));
        }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(EvaluationRow))]
    private sealed partial class RowContext : JsonSerializerContext;
}
