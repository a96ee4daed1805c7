using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Marketing.Evaluation.Data;

/// <summary>Reads JSON files; errors name the file and the line.</summary>
internal static class JsonFile
{
    /// <summary>Reads a file that contains one JSON value.</summary>
    /// <exception cref="EvaluationException">The file is not JSON, or not of this shape.</exception>
    public static T Read<T>(string path, JsonTypeInfo<T> type)
    {
        using var reader = DataFolder.Open(path);
        return Parse(reader.ReadToEnd(), type, $"'{path}'");
    }

    /// <summary>Reads a file with one JSON value on each line that is not blank.</summary>
    /// <exception cref="EvaluationException">A line is not of this shape.</exception>
    public static IEnumerable<T> ReadLines<T>(string path, JsonTypeInfo<T> type)
    {
        using var reader = DataFolder.Open(path);
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                yield return Parse(text, type, $"Line {line} of '{path}'");
            }
        }
    }

    private static T Parse<T>(string json, JsonTypeInfo<T> type, string what)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new EvaluationException($"{what} is null.");
        }
        catch (JsonException exception)
        {
            throw new EvaluationException($"{what} does not have the expected content: {FirstSentence(exception.Message)}", exception);
        }
    }

    private static string FirstSentence(string message) => message.Split(" Path:")[0];
}
