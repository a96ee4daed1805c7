using System.ComponentModel.DataAnnotations;
using Marketing.Domain;

namespace Marketing.Recommendations.Learned;

/// <summary>How strongly an edge shows interest: the strongest interaction type decides, and repetition adds little.</summary>
internal sealed record InteractionStrength
{
    /// <summary>Strength of an edge with a conversion.</summary>
    [Range(0, 10)]
    public float Conversion { get; init; } = 1f;

    /// <summary>Strength of an edge with a click but no conversion.</summary>
    [Range(0, 10)]
    public float Click { get; init; } = 0.6f;

    /// <summary>Strength of an edge with a chat as the strongest interaction.</summary>
    [Range(0, 10)]
    public float Chat { get; init; } = 0.4f;

    /// <summary>Strength of an edge with a view as the strongest interaction.</summary>
    [Range(0, 10)]
    public float View { get; init; } = 0.1f;

    /// <summary>Strength of an edge with a dismissal, which overrides all other interactions.</summary>
    [Range(-10, 0)]
    public float Dismissal { get; init; } = -0.5f;

    /// <summary>What each doubling of the strongest type's count adds, as a fraction of its strength.</summary>
    [Range(0, 1)]
    public float Repetition { get; init; } = 0.1f;

    public float Of(CampaignEdge edge) => edge switch
    {
        { Dismissals: > 0 } => Dismissal,
        { Conversions: > 0 } => Repeated(Conversion, edge.Conversions),
        { Clicks: > 0 } => Repeated(Click, edge.Clicks),
        { Chats: > 0 } => Repeated(Chat, edge.Chats),
        { Views: > 0 } => Repeated(View, edge.Views),
        _ => 0,
    };

    private float Repeated(float strength, int count) =>
        count == 1 ? strength : strength * (1 + (Repetition * MathF.Log2(count)));
}
