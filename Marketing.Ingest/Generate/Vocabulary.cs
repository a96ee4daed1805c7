using System.Text.Json;

namespace Marketing.Ingest.Generate;

/// <summary>The words of the generated world; <c>{name}</c> in them is a place to fill.</summary>
internal sealed record Vocabulary(
    string[] Openers,
    string[] Links,
    string[] People,
    string[] Occasions,
    string[] Places,
    string[] Closers,
    string[] Pitches,
    TopicWords[] Topics)
{
    /// <summary>Every topic has that many subjects.</summary>
    public const int SubjectsPerTopic = 6;

    public static Vocabulary Load()
    {
        using var resource = typeof(Vocabulary).Assembly.GetManifestResourceStream("vocabulary.json")!;
        return JsonSerializer.Deserialize<Vocabulary>(resource, JsonSerializerOptions.Web)!;
    }
}

/// <summary>What people talk about when they talk about one thing.</summary>
internal sealed record TopicWords(string Name, string[] Subjects, string[] Needs, string[] Troubles);
