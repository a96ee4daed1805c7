using System.Text.Json;

namespace Marketing.Ingest.Generate;

/// <summary>The words of the generated world; <c>{name}</c> marks a placeholder.</summary>
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
    /// <summary>The number of subjects in every topic.</summary>
    public const int SubjectsPerTopic = 6;

    public static Vocabulary Load()
    {
        using var resource = typeof(Vocabulary).Assembly.GetManifestResourceStream("vocabulary.json")!;
        return JsonSerializer.Deserialize<Vocabulary>(resource, JsonSerializerOptions.Web)!;
    }
}

/// <summary>The words for one topic.</summary>
internal sealed record TopicWords(string Name, string[] Subjects, string[] Needs, string[] Troubles);
