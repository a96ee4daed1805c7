using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Marketing.Recommender.Ingestion;
using Marketing.Recommender.Model;
using Marketing.Recommender.Ports;

namespace Marketing.Ingest.Import;

/// <summary>Turns rejects into dead letters, so that an operator sees them and can replay them where the file is not at hand.</summary>
internal static class RejectLetters
{
    public static DeadLetter Create(string fileName, Reject reject, DateTimeOffset now)
    {
        var source = $"file:{fileName}";
        var identity = SHA256.HashData(Encoding.UTF8.GetBytes($"{source}\n{reject.Json}"));
        return new DeadLetter(
            $"file-{Convert.ToHexStringLower(identity)[..24]}",
            source,
            $"line {reject.Line}: {reject.Error.Message}",
            now,
            EventId: null,
            FindUser(reject.Json),
            reject.Json);
    }

    /// <summary>Whom it concerns, where that can be told: whoever is erased is erased from here too.</summary>
    private static UserId? FindUser(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("userId", out var user)
                && user.ValueKind == JsonValueKind.String
                && user.GetString() is { } id
                && Identifier.IsValid(id)
                ? new UserId(id)
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
