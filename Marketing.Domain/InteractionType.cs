namespace Marketing.Domain;

/// <summary>What a person did. The numbers are stored; never renumber.</summary>
public enum InteractionType
{
    /// <summary>Said something; has a text and may name the campaign it was about.</summary>
    Chat = 0,

    /// <summary>Was shown a campaign (an impression).</summary>
    View = 1,

    /// <summary>Followed a campaign.</summary>
    Click = 2,

    /// <summary>Did what the campaign asked for.</summary>
    Convert = 3,

    /// <summary>Asked not to see the campaign.</summary>
    Dismiss = 4,
}
