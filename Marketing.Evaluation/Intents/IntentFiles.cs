using System.Text.Json;
using System.Text.Json.Serialization;
using Marketing.Evaluation.Data;

namespace Marketing.Evaluation.Intents;

/// <summary>
/// Reads BANKING77 (Casanueva et al., 2020), a CSV file with the columns text and category, and CLINC150 (Larson et al., 2019), a JSON
/// object of splits, each a list of [text, intent].
/// </summary>
internal static partial class IntentFiles
{
    /// <summary>Reads a part of a data set.</summary>
    /// <param name="path">A .csv or .json file.</param>
    /// <param name="parts">For JSON: the names of the split, of which the first that exists is read. A file that is one list is read
    /// whole.</param>
    /// <exception cref="EvaluationException">The file has the wrong format, or none of the splits.</exception>
    public static IReadOnlyList<LabelledText> Read(string path, params ReadOnlySpan<string> parts)
    {
        List<LabelledText> texts = path.Contains(".json", StringComparison.OrdinalIgnoreCase)
            ? ReadJson(path, parts)
            : CsvFile.Read(path, ["text", "category"], row => new LabelledText(row[0], row[1]));
        return texts.Count > 0 ? texts : throw new EvaluationException($"'{path}' has no texts.");
    }

    private static List<LabelledText> ReadJson(string path, ReadOnlySpan<string> parts)
    {
        var root = JsonFile.Read(path, IntentJson.Default.JsonElement);
        if (root.ValueKind == JsonValueKind.Object)
        {
            root = Part(path, root, parts);
        }

        try
        {
            return [.. root.EnumerateArray().Select(pair => new LabelledText(pair[0].GetString()!, pair[1].GetString()!))];
        }
        catch (Exception exception) when (exception is InvalidOperationException or IndexOutOfRangeException)
        {
            throw new EvaluationException($"'{path}' is not a list of [text, intent].", exception);
        }
    }

    private static JsonElement Part(string path, JsonElement root, ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
        {
            if (root.TryGetProperty(part, out var found))
            {
                return found;
            }
        }

        throw new EvaluationException($"'{path}' has none of the splits {string.Join(", ", parts.ToArray())}.");
    }

    [JsonSerializable(typeof(JsonElement))]
    private sealed partial class IntentJson : JsonSerializerContext;
}

/// <summary>A customer's text and its intent.</summary>
internal readonly record struct LabelledText(string Text, string Intent);
