"""Names to draw from, by naming tradition. All people made from them are made up.

Surnames are ones that do not change with sex, so that sisters and brothers share theirs.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tradition:
    """A naming tradition, its share of families (in per cent) and its names."""

    name: str
    share: int
    surnames: tuple[str, ...]
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]
    hyphenates: bool = False  # whether some families carry two surnames

    def child_names(self, sex: str) -> tuple[str, ...]:
        return self.girls if sex == "F" else self.boys

    def adult_names(self, sex: str) -> tuple[str, ...]:
        return self.women if sex == "F" else self.men


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


WHITE_BRITISH = Tradition(
    "White British",
    72,
    surnames=_words("""
        Abbott Adcock Ashworth Bagley Barlow Bassett Beddoes Bennett Birch Blakeway Boucher Bradley
        Brookes Burgess Cartwright Chapman Clarke Colley Cooper Cox Danks Darby Davies Dixon Dunn
        Edwards Elcock Evans Fellows Fletcher Foster Garbett Gibbons Gough Greaves Griffiths Hadley
        Hale Harris Hartshorne Hickman Hill Hingley Holloway Homer Hughes Hyde Jeavons Jennings
        Jones Kendrick Kirkham Lamb Lawton Lowe Mallen Marsh Millward Morgan Newton Nicholls Oakley
        Oliver Parkes Parsons Payne Perks Perry Pitt Poole Potter Price Priest Raybould Reeves
        Rhodes Roberts Round Rowley Sadler Shakespeare Shaw Sheldon Skidmore Smith Southall Tandy
        Taylor Thompson Tibbetts Tranter Turner Underhill Wakeman Walters Warr Watkins Webb
        Westwood Whitehouse Wilkes Williams Willetts Wood Woodhall Wright Yardley Yates
    """),
    girls=_words("""
        Abigail Alice Amelia Amy Anna Ava Beth Bethany Brooke Caitlin Charlotte Chelsea Chloe Daisy
        Ella Ellie Elsie Emily Emma Erin Eva Evie Faith Freya Georgia Grace Hannah Harriet Heidi
        Holly Imogen Isabella Isla Jasmine Jessica Katie Keira Kiera Lacey Lara Lauren Leah Lexi
        Libby Lily Lola Lucy Madison Maisie Matilda Megan Mia Millie Molly Niamh Nicole Olivia
        Paige Phoebe Poppy Rosie Ruby Scarlett Skye Sophie Summer Tia Tilly Zara Zoe
    """),
    boys=_words("""
        Aaron Adam Aidan Alex Alfie Archie Ashton Bailey Ben Blake Bradley Brandon Callum Cameron
        Charlie Connor Corey Daniel Declan Dylan Edward Ethan Evan Finley Freddie Gabriel George
        Harley Harrison Harry Harvey Hayden Henry Isaac Jack Jacob Jake James Jamie Jay Jayden Joe
        Jordan Joseph Josh Joshua Jude Kai Kian Kieran Leo Leon Lewis Liam Logan Louis Luca Lucas
        Luke Mason Matthew Max Morgan Nathan Noah Oliver Oscar Owen Reece Riley Ryan Sam Sebastian
        Taylor Theo Thomas Toby Tyler William Zac
    """),
    women=_words("""
        Alison Amanda Andrea Angela Ann Becky Cara Carly Caroline Cheryl Claire Clare Danielle
        Dawn Debbie Donna Elaine Emma Fiona Gail Gemma Hayley Heather Helen Jade Jane Jenna Jo
        Joanne Julie Karen Kate Kelly Kerry Kim Kirsty Laura Leanne Lindsey Lisa Lorraine Louise
        Lyndsey Mandy Marie Melanie Michelle Natalie Natasha Nicola Paula Rachel Rebecca Sally
        Samantha Sarah Sharon Shelley Sian Stacey Stephanie Sue Tanya Teresa Tina Tracey Vicky
        Victoria Wendy Yvonne Zoe
    """),
    men=_words("""
        Adrian Alan Andrew Anthony Barry Ben Brian Carl Chris Christopher Clive Colin Craig Damian
        Dan Darren Dave David Dean Derek Duncan Gareth Gary Gavin Geoff Glen Graham Grant Greg Ian
        Jason Jeremy John Jonathan Julian Justin Karl Keith Ken Kevin Kyle Lee Leigh Marc Mark
        Martin Matt Mick Mike Neil Nick Nigel Paul Pete Peter Phil Ray Richard Rob Robert Robin
        Roger Ross Russell Scott Sean Shane Shaun Simon Stephen Steve Stuart Terry Tim Tony
        Trevor Wayne
    """),
    hyphenates=True,
)

PAKISTANI = Tradition(
    "South Asian, Pakistani and Bangladeshi",
    9,
    surnames=_words("""
        Ahmed Akhtar Ali Anwar Ashraf Aziz Bashir Begum Butt Chaudhry Farooq Hussain Ikram Iqbal
        Jabbar Javed Kausar Khan Khalid Mahmood Malik Miah Mirza Mohammed Mughal Nawaz Qureshi
        Rafiq Rahman Raja Rashid Saleem Shah Shabbir Sheikh Siddique Uddin Yousaf Zaman
    """),
    girls=_words("""
        Aaliyah Aamina Aisha Alina Amna Anam Ayesha Bushra Fatima Hafsa Haleema Hira Humaira Iqra
        Khadija Laiba Maryam Mehreen Nadia Noor Rabia Safa Saima Sana Sumaya Tayyiba Zahra Zainab
    """),
    boys=_words("""
        Abdullah Adeel Ahsan Ali Amir Bilal Danyaal Faisal Farhan Hamza Haris Hassan Humza Ibrahim
        Idris Ismail Junaid Kamran Mohammed Musa Omar Rayyan Saad Sufyan Tariq Usman Yusuf Zain
    """),
    women=_words("""
        Asma Farah Farzana Ghazala Humera Khalida Nasreen Nazia Parveen Rehana Robina Rubina Sadia
        Saira Samina Shabana Shahida Shazia Sobia Sumera Tahira Uzma Yasmin Zubaida
    """),
    men=_words("""
        Abid Adnan Aftab Arshad Asif Azhar Imran Irfan Jamil Kashif Khalil Majid Mazhar Nadeem
        Naveed Qaiser Rizwan Sajid Shahid Shakeel Sohail Tahir Wasim Waqar Zahid Zulfiqar
    """),
)

INDIAN = Tradition(
    "South Asian, Indian",
    6,
    surnames=_words("""
        Atwal Bains Bansal Bhogal Chahal Chauhan Desai Dhaliwal Dhillon Gill Grewal Johal Joshi
        Kalsi Kaur Mehta Mistry Nagra Parmar Patel Purewal Rai Sahota Sandhu Sangha Sharma Sidhu
        Singh Sohal Solanki Thandi Uppal Virdee
    """),
    girls=_words("""
        Amrit Anjali Anika Asha Diya Gurleen Harleen Ishika Jasleen Jaya Kavita Kiran Manpreet Maya
        Meera Nisha Pooja Priya Ria Simran Sonia Sukhmani Tara Tejal
    """),
    boys=_words("""
        Aarav Ajay Amar Anand Arjan Arjun Dev Gurdeep Harjit Jai Jaspal Karan Kiranjit Manraj Nikhil
        Pavan Rahul Rajan Rohan Sahib Sanjay Tejinder Veer Vikram
    """),
    women=_words("""
        Amandeep Anita Baljit Geeta Gurpreet Hardeep Harpreet Jaspreet Kamaljit Kulwinder Mandeep
        Meena Nirmal Parminder Rajinder Ranjit Reena Sandeep Seema Sunita Sukhvinder Usha
    """),
    men=_words("""
        Amarjit Ashok Balbir Baldev Davinder Dilip Gurmit Hardip Harbhajan Jagdeep Jaswant Kuldip
        Manjit Mohinder Paramjit Rakesh Ravi Sanjeev Satnam Sukhdev Suresh Vijay
    """),
)

AFRICAN = Tradition(
    "African",
    4,
    surnames=_words("""
        Abdi Abebe Achebe Adebayo Adeyemi Adjei Afolabi Agyeman Asante Bangura Boateng Chikwanha
        Chukwu Conteh Danso Diallo Egwu Eze Farah Hersi Kamara Mensah Moyo Mutasa Ndlovu Nkosi
        Nwosu Obi Okafor Okoye Oluwole Osei Owusu Sesay Sibanda Tesfaye Warsame
    """),
    girls=_words("""
        Abena Adaeze Ama Amina Ayaan Chiamaka Chipo Efua Esi Folake Hodan Ifeoma Kemi Makena Ngozi
        Nia Nyasha Rudo Sade Sagal Selam Temi Tendai Yewande
    """),
    boys=_words("""
        Abdirahman Ade Ayodele Chidi Chinedu Dayo Ebo Emeka Farai Femi Guled Ike Kofi Kwabena Kwame
        Liban Mandla Obinna Sekou Tafadzwa Tatenda Tunde Yaw Yonas
    """),
    women=_words("""
        Abeni Adwoa Akosua Amara Blessing Charity Comfort Faduma Fatou Florence Gloria Grace Hawa
        Joy Mercy Mariama Nkechi Patience Precious Ruth Sahra Thandiwe Uju Yetunde
    """),
    men=_words("""
        Abdul Adewale Alhaji Bashiir Clement Daniel Elijah Emmanuel Gideon Godfrey Ibrahima Isaac
        Jama Joseph Kelechi Kwaku Lamin Mustafa Nana Olu Peter Samuel Solomon Tendekai Uche
    """),
)

CARIBBEAN = Tradition(
    "Caribbean",
    4,
    surnames=_words("""
        Alleyne Baptiste Beckford Bogle Braithwaite Brathwaite Burrell Campbell Clarke Cummings
        Dacosta Dacres Delgado Douglas Edmund Farquharson Francis Gayle Gordon Grant Hinds Joseph
        Lindo Mcintosh Mcleod Morrison Nembhard Palmer Pinnock Powell Reid Rowe Samuels Stewart
    """),
    girls=_words("""
        Aaliyah Alisha Amara Chantel Ebony Gabrielle Imani Jada Jasmin Kayla Kiara Leticia Naomi
        Nevaeh Renee Shanice Shania Shanelle Simone Talia Tiana Tyra Zaria Zoey
    """),
    boys=_words("""
        Andre Antoine Darnell Dante Devon Elijah Isaiah Jaden Jermaine Joel Kareem Keanu Kemar
        Khalil Malachi Marcus Micah Nathaniel Omari Rashaun Rio Tyrell Tyrese Xavier
    """),
    women=_words("""
        Angela Beverley Charmaine Claudette Cherelle Denise Donnette Ingrid Jacqueline Janelle
        Joy Keisha Latoya Marcia Marlene Maxine Michelle Monique Natalee Paulette Sherece Sonia
    """),
    men=_words("""
        Anthony Clifton Curtis Delroy Desmond Donovan Errol Everton Garfield Glenroy Horace Junior
        Leroy Lloyd Marlon Maurice Neville Orville Patrick Rohan Rudolph Trevor Winston Wesley
    """),
    hyphenates=True,
)

EASTERN_EUROPEAN = Tradition(
    "Eastern European",
    5,
    surnames=_words("""
        Adamczyk Balogh Baran Bartkus Ciobanu Duda Dragan Dumitru Fodor Georgescu Horvat Ionescu
        Jóźwiak Kaczmarek Kiss Kovács Krawczyk Król Kubiak Lis Marek Mazur Molnár Moldovan Nagy
        Nowak Novak Olah Pawlak Popa Popescu Radu Rusu Sobczak Stan Szabó Szymczak Tóth Walczak
        Wójcik Wróbel
    """),
    girls=_words("""
        Aleksandra Alicja Amelia Andreea Bianca Daria Dorina Eszter Gabriela Hanna Ilinca Ioana
        Julia Kinga Laura Lena Maja Małgorzata Martyna Milena Nikola Oliwia Wiktoria Zofia Zuzanna
    """),
    boys=_words("""
        Adrian Aleksander Andrei Bartosz Bence Cristian Dawid Filip Florin Igor Jakub Jan Kacper
        Krystian Matei Mateusz Michał Mihai Oskar Patryk Răzvan Szymon Tomas Wojciech Łukasz
    """),
    women=_words("""
        Agata Agnieszka Alina Anca Beata Camelia Dorota Edyta Elena Ewa Florentina Iwona Joanna
        Judit Katarzyna Magdalena Mariana Mihaela Monika Oana Renata Simona Sylwia Zsuzsanna
    """),
    men=_words("""
        Andrzej Attila Bogdan Constantin Dariusz Gábor Grzegorz Ion Jacek Krzysztof László Marcin
        Marian Mariusz Nicolae Paweł Piotr Rafał Sławomir Sorin Stefan Tomasz Vasile Zbigniew
    """),
)

TRADITIONS = (WHITE_BRITISH, PAKISTANI, INDIAN, AFRICAN, CARIBBEAN, EASTERN_EUROPEAN)
