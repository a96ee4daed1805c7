namespace Marketing.Ingest.Generate;

/// <summary>A subject within a topic, as indexes into the vocabulary: what a user is interested in or a campaign is about.</summary>
internal readonly record struct Interest(byte Topic, byte Subject)
{
    /// <summary>The index among all subjects.</summary>
    public int Index => (Topic * Vocabulary.SubjectsPerTopic) + Subject;

    public static Interest Draw(Random random, Vocabulary words) =>
        new((byte)random.Next(words.Topics.Length), (byte)random.Next(Vocabulary.SubjectsPerTopic));
}
