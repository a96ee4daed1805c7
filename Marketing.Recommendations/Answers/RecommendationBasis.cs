namespace Marketing.Recommendations.Answers;

/// <summary>What a recommendation rests on, from the most to the least personal.</summary>
public enum RecommendationBasis
{
    /// <summary>What the user said.</summary>
    Chat,

    /// <summary>What the user did; nothing was said, or nothing came of it.</summary>
    Behaviour,

    /// <summary>Nothing is known of the user: what does well with everybody.</summary>
    Popular,
}
