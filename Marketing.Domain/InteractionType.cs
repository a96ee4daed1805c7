namespace Marketing.Domain;

/// <summary>What the user did; the numbers are stored and must never change.</summary>
public enum InteractionType
{
    /// <summary>Sent a message, which may name a campaign.</summary>
    Chat = 0,

    /// <summary>Saw the campaign (an impression).</summary>
    View = 1,

    /// <summary>Clicked the campaign.</summary>
    Click = 2,

    /// <summary>Did what the campaign asks for.</summary>
    Convert = 3,

    /// <summary>Asked not to see the campaign again.</summary>
    Dismiss = 4,
}
