namespace Marketing.Decisions.Experiments;

/// <summary>What an experiment does with a user.</summary>
public enum AssignmentKind
{
    /// <summary>The user belongs to another part of the layer.</summary>
    NotIncluded,

    /// <summary>The user is recommended nothing, so that the effect of recommending at all can be measured.</summary>
    Holdout,

    /// <summary>The user gets a variant.</summary>
    Variant,
}

/// <summary>The part of an experiment that a user is in.</summary>
/// <param name="Kind">What the experiment does with the user.</param>
/// <param name="Variant">The ordinal of the variant; -1 unless there is one.</param>
public readonly record struct Assignment(AssignmentKind Kind, int Variant)
{
    public static Assignment NotIncluded { get; } = new(AssignmentKind.NotIncluded, -1);

    public static Assignment Holdout { get; } = new(AssignmentKind.Holdout, -1);
}
