namespace Marketing.Recommendations.Answers;

/// <summary>What a recommendation is based on, from most to least personal.</summary>
public enum RecommendationBasis
{
    /// <summary>The user's messages.</summary>
    Chat,

    /// <summary>The user's interactions, because there are no messages or they yield nothing.</summary>
    Behaviour,

    /// <summary>Overall popularity, because nothing is known about the user.</summary>
    Popular,
}
